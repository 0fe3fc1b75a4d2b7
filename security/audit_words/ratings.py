"""Acts on ratings, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from ..models import Level

LEVELS = dict(Level.choices)

reads(
    "security.rate_region",
    _("{actor} menetapkan tingkat {level} untuk {name} (dari {before})"),
    level=LEVELS,
    before=LEVELS,
)
