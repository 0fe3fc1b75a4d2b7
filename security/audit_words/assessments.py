"""Acts on assessments, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from ..models import Level

reads(
    "security.assess",
    _("{actor} menilai {name} dengan {frame}: skor {score}, saran {level}"),
    level=dict(Level.choices),
)
