"""What waits for one reader: proposals to decide, own ones that came back, reviews that are due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from forkopimda.people.models import Role, User
from forkopimda.regions.models import under

from .models import Proposal, ProposalState, RiskRating, Scheme
from .reviews import due_regions

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

    from .models.proposal import ProposalQuerySet

SHOWN = 5
POLICE = (Role.POLICE_APPROVER, Role.POLICE_OPERATOR)


@dataclass(frozen=True)
class Waiting:
    """The first few proposals of either kind, and how many reviews are due."""

    to_decide: list[Proposal]
    returned: list[Proposal]
    reviews: int


def waiting_for(by: Actor, code: str) -> Waiting | None:
    """What waits for the reader in the region `code`; None where nothing does. Three queries, none
    for who is not of the police."""
    if not isinstance(by, User) or not by.access.holds(*POLICE):
        return None
    here = Proposal.objects.visible_to(by).filter(region__code__startswith=code)
    rows = here.select_related("region").with_level_before()
    found = Waiting(
        to_decide=list(
            rows.pending()
            .filter(under("region_id", by.access.scopes(Role.POLICE_APPROVER)))
            .order_by("made_at")[:SHOWN]
        ),
        returned=list(_unanswered(rows.filter(author=by))[:SHOWN]),
        reviews=due_regions(by, scopes=by.access.scopes(*POLICE))
        .filter(code__startswith=code)
        .count(),
    )
    return found if found.to_decide or found.returned or found.reviews else None


def _unanswered(rows: ProposalQuerySet) -> ProposalQuerySet:
    """Returned ones after which neither a proposal nor a rating of the region came."""
    newer = Proposal.objects.filter(region=OuterRef("region"), made_at__gt=OuterRef("made_at"))
    rated = RiskRating.objects.filter(
        region=OuterRef("region"), scheme=Scheme.FORUM, valid_from__gt=OuterRef("decided_at")
    )
    return rows.filter(~Exists(newer), ~Exists(rated), state=ProposalState.RETURNED)
