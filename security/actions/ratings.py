"""The writers of ratings. Every rating, however it came about, is stored by `store_rating`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from .. import alerts
from ..models import (
    Assessment,
    Level,
    Policy,
    Proposal,
    ProposalState,
    RiskRating,
    Scheme,
)
from ..warning.soon import soon

if TYPE_CHECKING:
    from datetime import date

#: An assessment this young backs a rating even where a newer one exists.
FRESH = timedelta(days=7)


class StaleRating(ValidationError):
    """Another rating came in since the form was opened; `current` is the one in force."""

    def __init__(self, current: RiskRating) -> None:
        self.current = current
        super().__init__(_("Tingkat wilayah ini berubah sejak formulir dibuka."), code="stale")


@dataclass(frozen=True)
class Grounds:
    """Why a level is what it is: words, and the assessment with the reason to depart from it."""

    level: str
    reason: str
    evidence: str = ""
    assessment: Assessment | None = None
    departure: str = ""

    @property
    def suggested(self) -> str:
        """The level that the assessment suggests; empty without one."""
        return self.assessment.suggested_level if self.assessment else ""

    @property
    def departs(self) -> bool:
        """Whether the level is another than the suggested one."""
        return bool(self.suggested) and self.suggested != self.level


@action
def rate_region(
    *,
    by: Actor,
    region: Region,
    level: str,
    reason: str,
    evidence: str = "",
    scheme: str = Scheme.FORUM,
    seen: int | None = None,
    at: datetime | None = None,
    on_behalf_of: str = "",
    assessment: Assessment | None = None,
    departure: str = "",
) -> RiskRating:
    """Rates a region from now on, or from `at`, a past moment after the rating in force began.

    `seen` is the key of the rating that the officer had before their eyes (0: none); when another
    is in force by now, StaleRating is raised. Without `seen` nothing is compared. `on_behalf_of`
    names whose rating it is when somebody else records it. `assessment` is what the rating rests
    on; another level than it suggests needs a `departure`, the reason why. A raised level alerts
    the officials concerned in the same transaction. A proposal that waits is overtaken.
    """
    require(by, "security.rate_region", region)
    hold(region)
    grounds = Grounds(level, reason.strip(), evidence.strip(), assessment, departure.strip())
    check_grounds(region, grounds)
    author_name = on_behalf_of or (str(by) if isinstance(by, User) else by.get_username())
    rating = store_rating(by, region, grounds, author_name, scheme=scheme, seen=seen, at=at)
    if scheme == Scheme.FORUM:
        _overtake(by, region, rating)
    return rating


def hold(region: Region) -> None:
    """One writer of a region's ratings and proposals at a time: whoever comes second sees what
    the first has stored."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)


def check_grounds(region: Region, grounds: Grounds) -> None:
    """Raises ValidationError by field: an assessment of another region or one that is outdated, a
    level that departs from the suggestion without a reason.

    Outdated is an assessment older than a week that a newer one by the same frame has replaced:
    a level must not rest on what its own author has since seen otherwise.
    """
    assessment = grounds.assessment
    if assessment is None:
        return
    if assessment.region_id != region.pk:
        raise ValidationError({"assessment": _("Asesmen itu bukan asesmen wilayah ini.")})
    if assessment.made_at < timezone.now() - FRESH and _replaced(assessment):
        raise ValidationError(
            {
                "assessment": _(
                    "Asesmen itu lebih dari 7 hari dan sudah ada yang lebih baru. "
                    "Pakai asesmen terbaru, atau kirim lagi tanpa asesmen."
                )
            }
        )
    if grounds.departs and not grounds.departure:
        raise ValidationError(
            {
                "departure": _("Asesmen menyarankan %(level)s. Tulis mengapa tingkat lain dipilih.")
                % {"level": str(Level(grounds.suggested).label).lower()}
            }
        )


def _replaced(assessment: Assessment) -> bool:
    newer = Assessment.objects.filter(
        region=assessment.region_id,
        frame__code=assessment.frame.code,
        made_at__gt=assessment.made_at,
    )
    return newer.exists()


def store_rating(
    by: Actor,
    region: Region,
    grounds: Grounds,
    author_name: str,
    *,
    scheme: str = Scheme.FORUM,
    seen: int | None = None,
    at: datetime | None = None,
) -> RiskRating:
    """Ends the rating in force and stores the next one, for actions that hold the region."""
    current = RiskRating.objects.of(region.pk, scheme).filter(valid_until=None).first()
    if seen is not None and current is not None and current.pk != seen:
        raise StaleRating(current)
    start = _start(at, current)
    if current is not None:
        current.valid_until = start
        current.save(update_fields=["valid_until"])
    rating = RiskRating(
        region=region,
        scheme=scheme,
        level=grounds.level,
        reason=grounds.reason,
        evidence=grounds.evidence,
        author=by if isinstance(by, User) else None,
        author_name=author_name,
        assessment=grounds.assessment,
        suggested_level=grounds.suggested,
        departure=grounds.departure if grounds.departs else "",
        review_on=_review_day(region),
        valid_from=start,
    )
    rating.full_clean()
    rating.save()
    record(
        by=by,
        act="security.rate_region",
        target=rating,
        region=region.code,
        name=region.title,
        level=rating.level,
        before=current.level if current else None,
        scheme=scheme,
    )
    if scheme == Scheme.FORUM:
        announce("levels", region=region.code)
        soon(region.code)
        if current is not None and Level(rating.level).rank > Level(current.level).rank:
            alerts.level_raised(by=by, rating=rating, before=Level(current.level))
    return rating


def _review_day(region: Region) -> date:
    """The day by which the rating is looked at again, counted from the region's today: on that day
    somebody looked, however long before the level began to hold."""
    today = timezone.localtime(timezone=ZoneInfo(region.time_zone)).date()
    return today + timedelta(days=Policy.objects.of(region.pk).review_days)


def _overtake(by: Actor, region: Region, rating: RiskRating) -> None:
    """Ends the proposal that waited: the rating has decided the matter in its own way."""
    waiting = Proposal.objects.pending().select_for_update().filter(region=region).first()
    if waiting is None:
        return
    waiting.state = ProposalState.OVERTAKEN
    waiting.decided_by = rating.author
    waiting.decided_at = timezone.now()
    waiting.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        by=by,
        act="security.overtake_proposal",
        target=waiting,
        region=region.code,
        name=region.title,
        level=waiting.level,
        proposer=waiting.author_name,
    )
    announce("proposals", region=region.code)
    alerts.proposal_overtaken(by=by, proposal=waiting, rating=rating)


def _start(at: datetime | None, current: RiskRating | None) -> datetime:
    now = timezone.now()
    if at is None:
        # Two servers' clocks may differ a little; the order of ratings must not.
        return max(now, current.valid_from + timedelta(microseconds=1)) if current else now
    if at > now:
        raise ValidationError({"valid_from": _("Waktu berlaku tidak boleh di masa depan.")})
    if current is not None and at <= current.valid_from:
        raise ValidationError(
            {"valid_from": _("Waktu berlaku harus sesudah penilaian yang sedang berlaku.")}
        )
    return at
