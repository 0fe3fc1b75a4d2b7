"""The only writers of cases and their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.people.models import User
from forkopimda.regions.models import Region, ancestors

from .models import READERS, Case, CaseStep, State

if TYPE_CHECKING:
    from datetime import date


@action
def open_case(*, by: Actor, region: Region, kind: str, received_on: date) -> Case:
    """Enters a report in the register of its region and year, and gives it the next number."""
    require(by, "asn_neutrality.open", region)
    if received_on > timezone.localtime(timezone=ZoneInfo(region.time_zone)).date():
        raise ValidationError({"received_on": _("Tanggal terima tidak boleh di masa depan.")})
    case = Case(region=region, kind=kind, received_on=received_on, year=received_on.year)
    case.serial = _next_serial(region, case.year)
    case.number = f"{case.serial:03d}/NET-ASN/{region.code}/{case.year}"
    case.full_clean()
    case.save()
    _add_step(by, case, State.RECEIVED)
    _record(by, "asn_neutrality.open_case", case, kind=kind)
    return case


@action
def dismiss_case(*, by: Actor, case: Case, reason: str) -> CaseStep:
    """Ends a case before it is decided, for one of the reasons in `Dismissal`."""
    require(by, "asn_neutrality.work", case)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise ValidationError(_("Perkara ini sudah berakhir."))
    case.state = State.DISMISSED
    case.full_clean()
    case.save(update_fields=["state"])
    step = _add_step(by, case, State.DISMISSED, reason)
    _record(by, "asn_neutrality.dismiss_case", case, reason=reason)
    return step


def _next_serial(region: Region, year: int) -> int:
    # One number of a region at a time: whoever comes second sees what the first has stored.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    register = Case.objects.filter(region=region, year=year)
    return int(register.aggregate(last=Max("serial", default=0))["last"]) + 1


def _add_step(by: Actor, case: Case, state: str, reason: str = "") -> CaseStep:
    step = CaseStep(case=case, state=state, reason=reason)
    step.by_name = str(by) if isinstance(by, User) else by.get_username()
    step.full_clean()
    step.save()
    return step


def _record(by: Actor, act: str, case: Case, **data: str) -> None:
    record(by=by, act=act, target=case, region=case.region_id, number=case.number, **data)
    # Told to its readers alone: to others even the number of changes says too much.
    places = Q(grants__region__in=ancestors(case.region_id)) | Q(grants__region=None)
    readers = User.objects.filter(places, is_active=True, grants__role__in=READERS)
    if keys := tuple(readers.values_list("pk", flat=True).distinct()):
        announce("asn_neutrality", users=keys)
