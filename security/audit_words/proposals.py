"""Acts on proposals, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from ..models import Level

LEVELS = dict(Level.choices)

reads(
    "security.propose_level",
    _("{actor} mengusulkan tingkat {level} untuk {name} (dari {before})"),
    level=LEVELS,
    before=LEVELS,
)
reads(
    "security.decide_proposal",
    _("{actor} memutuskan usulan {proposer} untuk {name}, tingkat {level}: {state}"),
    level=LEVELS,
    state={"approved": _("disetujui"), "returned": _("dikembalikan")},
)
reads(
    "security.withdraw_proposal",
    _("{actor} menarik usulan tingkat {level} untuk {name}"),
    level=LEVELS,
)
reads(
    "security.overtake_proposal",
    _("{actor} mendahului usulan {proposer} untuk {name} (tingkat {level}) dengan penilaian lain"),
    level=LEVELS,
)
