"""The one writer of the audit trail; every action of every app calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model

from forkopimda.lib.guard import action

from .models import AuditEvent

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


@action
def record(*, by: Actor, act: str, target: Model, region: str = "", **data: Any) -> AuditEvent:
    """Leaves one record in the caller's transaction.

    `act` is "app.verb" and has a sentence in words.py; `region` is the code that decides who may
    read the record; `data` holds JSON values: names and before/after, never free secrets. With
    `closed=True` among them the record is for auditors alone.
    """
    return AuditEvent.objects.create(
        actor=by.get_username(),
        action=act,
        target=f"{target._meta.label_lower}:{target.pk}",
        region=region,
        data=data,
    )
