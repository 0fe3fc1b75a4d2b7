"""Puts the shipped frames in place after the tables are made, or made empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS

from forkopimda.lib.authority import SYSTEM

from .actions import ship_frame
from .frames_shipped import SHIPPED
from .models import Frame

if TYPE_CHECKING:
    from django.apps.registry import Apps

#: What is written. While tables go back to an earlier state, some of it is not there.
NEEDED = [("security", "Indicator"), ("audit", "AuditEvent")]


def ship_frames(*, using: str, apps: Apps | None = None, **_signal: Any) -> None:
    """Hears `post_migrate`: ships each frame of which the country has no version.

    One query when nothing is missing. What an administrator has changed stays.
    """
    if using != DEFAULT_DB_ALIAS or not _tables_stand(apps):
        return
    codes = [shipped.code for shipped in SHIPPED]
    there = Frame.objects.filter(region=None, code__in=codes).values_list("code", flat=True)
    missing = set(codes) - set(there)
    for shipped in SHIPPED:
        if shipped.code in missing:
            ship_frame(by=SYSTEM, shipped=shipped)


def _tables_stand(apps: Apps | None) -> bool:
    """Whether the state that a migration reached (None: the whole) has the tables."""
    if apps is None:
        return True
    known = {(model._meta.app_label, model._meta.object_name) for model in apps.get_models()}
    return set(NEEDED) <= known
