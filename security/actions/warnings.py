"""The only writer of early warnings. It computes; it never touches a rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.regions.models import Region

from .. import alerts
from ..models import EarlyWarning, Policy
from ..warning.formula import compute, exceeds
from ..warning.inputs import known_now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ..models import Level
    from ..warning.inputs import Known


@action
def refresh_warnings(*, by: Actor, region: Region) -> int:
    """Computes the early warning of each kecamatan of a regency. Gives how many changed.

    A bounded number of queries, however much is stored. When an index reaches the regency's
    threshold and suggests more than the level in force, the police approvers are alerted: once,
    until the index has been below the threshold again. An audit record is left where a suggested
    level changes; the index itself moves with every hour and leaves none.
    """
    require(by, "security.approve", region)
    # One computation of a regency at a time: the second one finds what the first has alerted to.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    now = timezone.now()
    policy = Policy.objects.of(region.code)
    known = known_now(region, policy, now)
    before = EarlyWarning.objects.in_bulk([place.pk for place in known.kecamatan])
    fresh = [_computed(place, known, now, before.get(place.pk)) for place in known.kecamatan]
    due = [warning for warning in fresh if _calls_for_alert(warning, known, now)]
    for warning in due:
        warning.alerted_at = now
    EarlyWarning.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["index", "level", "terms", "computed_at", "alerted_at"],
    )
    for warning in fresh:
        _record(by, warning, before.get(warning.region_id))
    for warning in due:
        alerts.early_warning(by=by, warning=warning, in_force=known.level(warning.region_id, now))
    changed = _changed(fresh, before)
    if changed:
        announce("warnings", region=region.code)
    return changed


def _computed(
    place: Region, known: Known, now: datetime, before: EarlyWarning | None
) -> EarlyWarning:
    outcome = compute(known.facts(place.pk, now), known.policy, timezone.localtime(now, known.zone))
    fell = outcome.index < known.policy.warning_alert_from
    return EarlyWarning(
        region=place,
        index=outcome.index,
        level=outcome.level,
        terms=[term.stored() for term in outcome.terms],
        computed_at=now,
        alerted_at=None if before is None or fell else before.alerted_at,
    )


def _calls_for_alert(warning: EarlyWarning, known: Known, now: datetime) -> bool:
    return (
        warning.alerted_at is None
        and warning.index >= known.policy.warning_alert_from
        and exceeds(warning.level, known.level(warning.region_id, now))
    )


def _record(by: Actor, warning: EarlyWarning, before: EarlyWarning | None) -> None:
    if before is not None and before.level != warning.level:
        record(
            by=by,
            act="security.suggest_level",
            target=warning,
            region=warning.region_id,
            name=warning.region.title,
            level=warning.level,
            before=before.level,
            index=str(warning.index),
        )


def _changed(fresh: Iterable[EarlyWarning], before: dict[str, EarlyWarning]) -> int:
    def shown(warning: EarlyWarning) -> tuple[object, Level | str, object]:
        return warning.index, warning.level, warning.terms

    return sum(
        warning.region_id not in before or shown(warning) != shown(before[warning.region_id])
        for warning in fresh
    )
