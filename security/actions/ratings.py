"""The only writer of ratings."""

from __future__ import annotations

from datetime import datetime, timedelta

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
from ..models import Level, RiskRating, Scheme


class StaleRating(ValidationError):
    """Another rating came in since the form was opened; `current` is the one in force."""

    def __init__(self, current: RiskRating) -> None:
        self.current = current
        super().__init__(_("Tingkat wilayah ini berubah sejak formulir dibuka."), code="stale")


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
) -> RiskRating:
    """Rates a region from now on, or from `at`, a past moment after the rating in force began.

    `seen` is the key of the rating that the officer had before their eyes (0: none); when another
    is in force by now, StaleRating is raised. Without `seen` nothing is compared. `on_behalf_of`
    names whose rating it is when somebody else records it. A raised level
    alerts the officials concerned in the same transaction.
    """
    require(by, "security.rate_region", region)
    # One rating of a region at a time: whoever comes second sees what the first has stored.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
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
        level=level,
        reason=reason.strip(),
        evidence=evidence.strip(),
        author=by if isinstance(by, User) else None,
        author_name=on_behalf_of or (str(by) if isinstance(by, User) else by.get_username()),
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
        if current is not None and Level(rating.level).rank > Level(current.level).rank:
            alerts.level_raised(by=by, rating=rating, before=Level(current.level))
    return rating


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
