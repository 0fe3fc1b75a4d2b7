"""Puts the shipped catalogue in place after the tables are made, or made empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS

from forkopimda.lib.authority import SYSTEM

from .actions import ship_catalogue

if TYPE_CHECKING:
    from django.apps.registry import Apps

#: What is written. While tables go back to an earlier state, some of it is not there.
NEEDED = [("asn_neutrality", "Term"), ("audit", "AuditEvent")]


def ship(*, using: str, apps: Apps | None = None, **_signal: Any) -> None:
    """Hears `post_migrate`: ships each line of which there is no version.

    What an administrator has changed stays.
    """
    if using == DEFAULT_DB_ALIAS and _tables_stand(apps):
        ship_catalogue(by=SYSTEM)


def _tables_stand(apps: Apps | None) -> bool:
    """Whether the state that a migration reached (None: the whole) has the tables."""
    if apps is None:
        return True
    known = {(model._meta.app_label, model._meta.object_name) for model in apps.get_models()}
    return set(NEEDED) <= known
