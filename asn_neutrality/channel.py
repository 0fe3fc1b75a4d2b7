"""Where reports can be sent: the regencies in which somebody could read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forkopimda.people.models import Role, RoleGrant
from forkopimda.regions.models import Level, Region, under

from .models import PersonalKey, RecoveryKey, Report
from .sealing.codes import fingerprint

if TYPE_CHECKING:
    from forkopimda.lib.guard import GuardedQuerySet


def open_regions() -> GuardedQuerySet:
    """Regencies with an examiner who has a key, or with a recovery key in use.

    As `receive_report` has it, but for examiners who serve in the reported unit.
    """
    holders = PersonalKey.objects.filter(retired_at=None, user__is_active=True).values("user")
    granted = RoleGrant.objects.filter(role=Role.ASN_EXAMINER, user__in=holders)
    codes = {code or "" for code in granted.values_list("region", flat=True)}
    codes |= set(RecoveryKey.objects.in_use().values_list("region", flat=True))
    return Region.objects.filter(under("code", codes), level=Level.REGENCY)


def was_received(token: str) -> bool:
    """Whether the form of that random text was received before."""
    return bool(Report.objects.filter(submission=fingerprint(token)).exists())
