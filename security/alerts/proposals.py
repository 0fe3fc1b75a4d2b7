"""Alerts on proposals of levels: to who decides, and to who proposed. No personal data in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.language import in_each_language
from forkopimda.people.models import Role

from ..models import Level, ProposalState

if TYPE_CHECKING:
    from collections.abc import Callable

    from forkopimda.lib.authority import Actor

    from ..models import Proposal, RiskRating


def proposal_made(*, by: Actor, proposal: Proposal) -> None:
    """Tells the approvers of the regency that a proposal waits for them."""
    raise_alert(
        by=by,
        kind="proposal",
        region=proposal.region,
        severity=Severity.MINOR,
        headline=_words(
            lambda: _("Usulan tingkat %(level)s untuk %(region)s menunggu keputusan Anda"), proposal
        ),
        description=_words(
            lambda: _("%(proposer)s mengusulkan tingkat %(level)s. Alasan: %(reason)s"), proposal
        ),
        link=_link(proposal),
        roles=(Role.POLICE_APPROVER,),
    )


def proposal_decided(*, by: Actor, proposal: Proposal) -> None:
    """Tells the author what became of the proposal, with the remark."""
    if proposal.state == ProposalState.APPROVED:
        _tell_author(
            by,
            proposal,
            lambda: _("Usulan Anda untuk %(region)s disetujui: %(level)s"),
            lambda: _("Tingkat %(level)s berlaku sejak sekarang. %(remark)s"),
        )
    else:
        _tell_author(
            by,
            proposal,
            lambda: _("Usulan Anda untuk %(region)s dikembalikan"),
            lambda: _("Tingkat %(level)s belum disetujui. Catatan penyelia: %(remark)s"),
        )


def proposal_overtaken(*, by: Actor, proposal: Proposal, rating: RiskRating) -> None:
    """Tells the author that a rating came before the decision, unless it is the author's own."""
    if proposal.author == by:
        return
    _tell_author(
        by,
        proposal,
        lambda: _("Usulan Anda untuk %(region)s didahului penilaian lain"),
        lambda: _("%(rater)s menetapkan tingkat %(rated)s. Alasan: %(reasons)s"),
        rater=rating.author_name,
        rated=Level(rating.level).label,
        reasons=rating.reason,
    )


def _tell_author(
    by: Actor,
    proposal: Proposal,
    headline: Callable[[], str],
    description: Callable[[], str],
    **more: object,
) -> None:
    if not proposal.author.is_active:
        return
    raise_alert(
        by=by,
        kind="proposal_decided",
        region=proposal.region,
        severity=Severity.MINOR,
        headline=_words(headline, proposal, **more),
        description=_words(description, proposal, **more),
        link=_link(proposal),
        people=[proposal.author],
    )


def _words(sentence: Callable[[], str], proposal: Proposal, **more: object) -> dict[str, str]:
    """The sentence in each language, with what is known of the proposal put in."""

    def words() -> str:
        return (
            sentence()
            % {
                "region": proposal.region.title,
                "level": str(Level(proposal.level).label).lower(),
                "proposer": proposal.author_name,
                "reason": proposal.reason,
                "remark": proposal.remark,
                **more,
            }
        ).strip()

    return in_each_language(words)


def _link(proposal: Proposal) -> str:
    return reverse("security:proposal", args=[proposal.pk])
