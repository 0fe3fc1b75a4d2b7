"""The only writers of alerts and deliveries (their way out is lib/outbox)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from forkopimda.audit.actions import record
from forkopimda.lib.authority import REGENCY_LENGTH, Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.queue import nudge
from forkopimda.people.models import User
from forkopimda.regions.models import ancestors

from .models import CLOSED_KINDS, Alert, Delivery, State

if TYPE_CHECKING:
    from forkopimda.regions.models import Region


@action
def raise_alert(
    *,
    by: Actor,
    kind: str,
    region: Region,
    severity: str,
    headline: dict[str, str],
    description: dict[str, str],
    roles: Iterable[str] = (),
    people: Iterable[User] | None = None,
    link: str = "",
) -> Alert:
    """Stores an alert and one delivery per official concerned, and nudges the worker.

    For use by other apps' actions, whose permission check covers it: an alert follows from what
    they store and shares their transaction. `headline` and `description` hold the text per
    language. Concerned are active users who hold one of `roles` in the region or in one that
    contains it, up to its regency; whoever acts is not told of their own act. `people` names the
    concerned one by one instead.
    """
    alert = Alert(
        kind=kind,
        region=region,
        severity=severity,
        headlines=headline,
        descriptions=description,
        link=link,
        created_by=str(by) if isinstance(by, User) else by.get_username(),
    )
    alert.full_clean()
    alert.save()
    told = list(_concerned(region.code, roles, by) if people is None else people)
    Delivery.objects.bulk_create(
        [
            Delivery(
                alert=alert,
                recipient=person,
                address=person.email,
                state=State.QUEUED if person.email else State.NO_ADDRESS,
            )
            for person in told
        ],
        batch_size=1000,
    )
    record(
        by=by,
        act="alerts.raise_alert",
        target=alert,
        region=region.code,
        headline=alert.headline_in("id"),
        count=len(told),
        **_closed(alert),
    )
    announce("alerts", users=tuple(person.pk for person in told))
    nudge("alerts.send_due")
    return alert


def _closed(alert: Alert) -> dict[str, bool]:
    """What makes the audit record of a closed kind one for auditors alone."""
    return {"closed": True} if alert.kind.startswith(CLOSED_KINDS) else {}


def _concerned(code: str, roles: Iterable[str], by: Actor) -> Iterable[User]:
    places = [place for place in ancestors(code) if len(place) >= REGENCY_LENGTH]
    people = User.objects.filter(
        is_active=True, grants__role__in=list(roles), grants__region__in=places
    ).distinct()
    return people.exclude(pk=by.pk) if isinstance(by, User) else people


@action
def mark_seen(*, by: User, deliveries: Iterable[Delivery]) -> int:
    """Notes that the recipient has had these deliveries on their screen. Gives how many were new.

    Seeing is noted on the row alone: a list that is opened leaves no audit record per line.
    """
    keys = [delivery.pk for delivery in deliveries]
    for delivery in deliveries:
        require(by, "alerts.acknowledge", delivery)
    return Delivery.objects.filter(pk__in=keys, recipient=by, seen_at=None).update(
        seen_at=timezone.now()
    )


@action
def acknowledge(*, by: User, delivery: Delivery) -> Delivery:
    """Notes that the recipient knows of the alert. Done twice, the first time stays."""
    require(by, "alerts.acknowledge", delivery)
    delivery = Delivery.objects.select_for_update().select_related("alert").get(pk=delivery.pk)
    if delivery.acknowledged_at is not None:
        return delivery
    now = timezone.now()
    delivery.seen_at = delivery.seen_at or now
    delivery.acknowledged_at = max(now, delivery.seen_at)
    delivery.save(update_fields=["seen_at", "acknowledged_at"])
    record(
        by=by,
        act="alerts.acknowledge",
        target=delivery,
        region=delivery.alert.region_id,
        headline=delivery.alert.headline_in("id"),
        **_closed(delivery.alert),
    )
    announce("alerts", users=(by.pk,))
    announce("acknowledgements", region=delivery.alert.region_id)
    return delivery
