"""Who may see alerts and deliveries, raise and acknowledge them."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

from .models import CLOSED_KINDS, OVERSEERS


@rules.predicate
def has_inbox(by: Actor, delivery: Any = None) -> bool:
    """Whoever has a role has an inbox; a delivery in it is its recipient's alone."""
    if delivery is None:
        return bool(by.access.grants)
    return delivery.recipient_id == getattr(by, "pk", None)


@rules.predicate
def oversees(by: Actor, alert: Any = None) -> bool:
    """Overseers see alerts of their regions, whoever they are addressed to; closed ones are for
    auditors."""
    if alert is None:
        return by.access.holds(*OVERSEERS)
    if alert.kind.startswith(CLOSED_KINDS):
        return by.access.covers(alert.region_id, Role.AUDITOR)
    return by.access.covers(alert.region_id, *OVERSEERS)


@rules.predicate
def oversees_delivery(by: Actor, delivery: Any = None) -> bool:
    """As `oversees`, for the alert that the delivery carries."""
    return oversees(by, delivery.alert if delivery else None)


rules.add_perm("alerts.inbox", has_inbox)
rules.add_perm("alerts.acknowledge", has_inbox)
rules.add_perm("alerts.oversee", oversees)
rules.add_perm("alerts.oversee_delivery", oversees_delivery)
