"""The writers of proposals: made by a Polsek, decided by the Polres, taken back by their author."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from .. import alerts
from ..models import Assessment, Proposal, ProposalState, RiskRating, Scheme
from .ratings import Grounds, StaleRating, check_grounds, hold, store_rating

#: Letters of either name where a rating names its proposer and its approver.
NAME_SHOWN = 65


class PendingProposal(ValidationError):
    """Somebody else's proposal for the region waits already; `proposal` is that one."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__(_("Masih ada usulan wilayah ini yang menunggu."), code="pending")


class DecidedProposal(ValidationError):
    """The proposal waits no more; `proposal` tells what became of it, by whom and when."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__(_("Usulan ini tidak lagi menunggu keputusan."), code="decided")


@action
def propose_level(
    *,
    by: User,
    region: Region,
    level: str,
    reason: str,
    evidence: str = "",
    seen: int | None = None,
    assessment: Assessment | None = None,
    departure: str = "",
) -> Proposal:
    """Proposes a level for the approvers of the regency to decide on; they are alerted.

    `seen`, `assessment` and `departure` as for `rate_region`. A new proposal takes the place of
    the author's own one that waits; somebody else's raises PendingProposal.
    """
    require(by, "security.propose", region)
    hold(region)
    grounds = Grounds(level, reason.strip(), evidence.strip(), assessment, departure.strip())
    check_grounds(region, grounds)
    current = RiskRating.objects.of(region.pk, Scheme.FORUM).filter(valid_until=None).first()
    if seen is not None and current is not None and current.pk != seen:
        raise StaleRating(current)
    waiting = Proposal.objects.pending().filter(region=region).first()
    if waiting is not None:
        if waiting.author_id != by.pk:
            raise PendingProposal(waiting)
        _withdraw(by, waiting)
    proposal = Proposal(
        region=region,
        level=level,
        reason=grounds.reason,
        evidence=grounds.evidence,
        assessment=assessment,
        departure=grounds.departure if grounds.departs else "",
        author=by,
        author_name=str(by),
    )
    proposal.full_clean()
    proposal.save()
    record(
        by=by,
        act="security.propose_level",
        target=proposal,
        region=region.code,
        name=region.title,
        level=level,
        before=current.level if current else None,
    )
    announce("proposals", region=region.code)
    alerts.proposal_made(by=by, proposal=proposal)
    return proposal


@action
def decide_proposal(
    *, by: Actor, proposal: Proposal, approve: bool, remark: str = "", seen: int | None = None
) -> Proposal:
    """Approves the proposal, which rates the region, or returns it with a remark. Its author is
    alerted.

    The rating is the approver's; its name tells the proposer too, whose words the reasons are.
    Raises DecidedProposal where it waits no more, StaleRating where another rating than `seen` is
    in force (as for `rate_region`).
    """
    require(by, "security.decide_proposal", proposal)
    hold(proposal.region)
    current = _waiting(proposal)
    remark = remark.strip()
    if not approve and not remark:
        raise ValidationError({"remark": _("Tulis apa yang perlu diperbaiki.")})
    if approve:
        grounds = Grounds(
            current.level, current.reason, current.evidence, current.assessment, current.departure
        )
        current.rating = store_rating(by, current.region, grounds, _names(current, by), seen=seen)
    current.state = ProposalState.APPROVED if approve else ProposalState.RETURNED
    current.decided_by = by if isinstance(by, User) else None
    current.decided_at = timezone.now()
    current.remark = remark
    current.full_clean()
    current.save()
    record(
        by=by,
        act="security.decide_proposal",
        target=current,
        region=current.region_id,
        name=current.region.title,
        level=current.level,
        state=current.state,
        proposer=current.author_name,
    )
    announce("proposals", region=current.region_id)
    alerts.proposal_decided(by=by, proposal=current)
    return current


@action
def withdraw_proposal(*, by: Actor, proposal: Proposal) -> Proposal:
    """Takes a proposal back that nobody has decided on. Raises DecidedProposal otherwise."""
    require(by, "security.withdraw_proposal", proposal)
    hold(proposal.region)
    current = _waiting(proposal)
    _withdraw(by, current)
    announce("proposals", region=current.region_id)
    return current


def _waiting(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held; the region is held already."""
    rows = Proposal.objects.select_for_update(of=("self",))
    current: Proposal = rows.select_related("region", "assessment__frame", "decided_by").get(
        pk=proposal.pk
    )
    if current.state != ProposalState.PENDING:
        raise DecidedProposal(current)
    return current


def _withdraw(by: Actor, proposal: Proposal) -> None:
    proposal.state = ProposalState.WITHDRAWN
    proposal.decided_by = by if isinstance(by, User) else None
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        by=by,
        act="security.withdraw_proposal",
        target=proposal,
        region=proposal.region_id,
        name=proposal.region.title,
        level=proposal.level,
    )


def _names(proposal: Proposal, by: Actor) -> str:
    """Who proposed and who approved, within the length of a rating's name. Kept as data are, in
    one language."""
    approver = str(by) if isinstance(by, User) else by.get_username()
    proposer = Truncator(proposal.author_name).chars(NAME_SHOWN)
    return f"{proposer}, disetujui {Truncator(approver).chars(NAME_SHOWN)}"
