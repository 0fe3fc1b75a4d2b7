"""The only writers of a case's legal kind and of who leads it; and the end of conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import require
from forkopimda.lib.guard import action
from forkopimda.people.models import Role, User

from ..alerts import tell_of_lead
from ..conflicts import conflicted, in_conflict
from ..flow import CLASSIFYING
from ..models import Case, Member, Violation, Wrap
from .sealing import renew_key
from .writing import hold, holders_in, note

if TYPE_CHECKING:
    from ..entries import OpenCase


@action
def set_violation(*, by: User, opened: OpenCase, violation: Violation) -> Case:
    """Notes the legal kind that the study found, a version in force today.

    ValidationError before the study begins and after a decision: the kind that a sanction rests
    on stays.
    """
    case = hold(opened)
    require(by, "asn_neutrality.work", case)
    if case.state not in CLASSIFYING:
        raise ValidationError(
            _("Jenis pelanggaran ditetapkan sejak perkara dikaji sampai sanksi diputuskan.")
        )
    if not Violation.objects.in_force().filter(pk=violation.pk).exists():
        raise ValidationError({"violation": _("Pilih jenis yang masih berlaku.")})
    if case.violation_id == violation.pk:
        return case
    case.violation = violation
    case.full_clean()
    case.save(update_fields=["violation"])
    note(by, "asn_neutrality.set_violation", case, code=violation.code)
    return case


@action
def assign_lead(*, by: User, opened: OpenCase, lead: User | None) -> Case:
    """Puts one of the case's examiners in charge of it; None: nobody in particular.

    ValidationError, on `lead`, for whoever is no active examiner of the case or serves in the
    unit of whoever is reported. The new lead is told.
    """
    case = hold(opened)
    require(by, "asn_neutrality.work", case)
    if case.lead_id == (lead.pk if lead else None):
        return case
    if lead is not None:
        if in_conflict(lead, opened):
            raise ValidationError(
                {"lead": _("Pemeriksa ini bertugas di unit pihak yang dilaporkan.")}
            )
        if not examiners_of(case).filter(pk=lead.pk).exists():
            raise ValidationError({"lead": _("Pilih pemeriksa yang menjadi anggota perkara ini.")})
    case.lead = lead
    case.full_clean()
    case.save(update_fields=["lead"])
    note(by, "asn_neutrality.assign_lead", case, lead=lead.username if lead else "")
    if lead is not None and lead != by:
        tell_of_lead(by=by, case=case, lead=lead)
    return case


@action
def end_conflicts(*, by: User, opened: OpenCase) -> int:
    """Ends the memberships of whoever serves in the unit of whoever is reported, and gives the
    case a new key that they do not have. Gives how many left; `opened` has the new key.

    Call it after a new unit was written. ValidationError where nobody would be left to open the
    case.
    """
    case = hold(opened)
    require(by, "asn_neutrality.work", case)
    members = Member.objects.filter(case=case, removed_at=None)
    barred = conflicted(opened, members.values_list("user", flat=True))
    if not barred:
        return 0
    opened.change_key(renew_key(by, opened))
    if not Wrap.objects.filter(case=case).exists():
        raise ValidationError(
            _("Semua anggota bertugas di unit itu. Tambahkan dahulu pemeriksa dari unit lain.")
        )
    note(by, "asn_neutrality.end_conflicts", case, count=len(barred))
    return len(barred)


def examiners_of(case: Case) -> Any:
    """Active examiners of the region who are members of the case; of a case without a key, all."""
    if not case.is_sealed:
        return holders_in(case.region_id, Role.ASN_EXAMINER)
    members = Member.objects.filter(case=case, removed_at=None)
    return holders_in(case.region_id, Role.ASN_EXAMINER).filter(pk__in=members.values("user"))
