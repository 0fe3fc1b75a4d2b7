"""Acts on early warnings, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from .ratings import LEVELS

reads(
    "security.suggest_level",
    _("{actor} menghitung saran {level} untuk {name} (nilai {index}, sebelumnya {before})"),
    level=LEVELS,
    before=LEVELS,
)
reads(
    "security.invent_history",
    _("{actor} mengisi {name} dengan riwayat buatan untuk uji coba: {incidents} insiden"),
)
