"""Who may not read a case because they serve in the unit of whoever is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .models import HomeUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forkopimda.people.models import User

    from .entries import OpenCase


def unit_of_accused(opened: OpenCase) -> int | None:
    """Key of the unit of whoever is reported; None where it is not known or not one of ours."""
    unit = opened.accused().get("unit_id")
    return unit if isinstance(unit, int) else None


def in_conflict(user: User, opened: OpenCase) -> bool:
    """Whether the user serves in the unit of whoever is reported."""
    return bool(conflicted(opened, [user.pk]))


def conflicted(opened: OpenCase, users: Iterable[int]) -> set[int]:
    """Those of `users` (keys) who serve in the unit of whoever is reported."""
    unit = unit_of_accused(opened)
    if unit is None:
        return set()
    serving = HomeUnit.objects.filter(unit_id=unit, user__in=list(users))
    return set(serving.values_list("user", flat=True))
