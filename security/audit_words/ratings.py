"""Acts on ratings, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from ..models import Level, ReviewStep

LEVELS = dict(Level.choices)

reads(
    "security.rate_region",
    _("{actor} menetapkan tingkat {level} untuk {name} (dari {before})"),
    level=LEVELS,
    before=LEVELS,
)
reads(
    "security.remind_review",
    _("{actor} mengingatkan tinjauan tingkat {name}: {step}"),
    step=dict(ReviewStep.choices),
)
