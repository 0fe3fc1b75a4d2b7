"""The only writer of new reports: from the public form and from the examiner's desk alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action
from forkopimda.people.models import Role
from forkopimda.regions.models import Region, ancestors

from ..alerts import tell_of_report
from ..entries import about_report, about_reporter
from ..models import (
    Case,
    CivilUnit,
    EntryKind,
    Member,
    PersonalKey,
    RecoveryKey,
    Report,
    SizeClass,
    Source,
    Standing,
    State,
    Wrap,
)
from ..sealing.codes import fingerprint, new_code, open_code
from ..sealing.primitives import new_key, new_pair, seal, seal_to
from .writing import Attachment, add_step, holders_in, name_of, note, today_in, write_entry

if TYPE_CHECKING:
    from datetime import date


class AlreadyReceived(Exception):
    """The same form was sent before; nothing was stored again."""


@dataclass(frozen=True)
class Incoming:
    """What somebody reports. `narrative` and `identity` have the fields of entries.py.

    `token` is the form's own random text: a form that is sent twice is received once.
    """

    kind: str
    standing: str
    narrative: dict[str, Any]
    token: str
    identity: dict[str, str] | None = None
    unit: CivilUnit | None = None
    files: Sequence[Attachment] = field(default=())


@dataclass(frozen=True)
class Received:
    """The report, and its tracking code, which is nowhere else."""

    report: Report
    code: str


@storing_files
@action
def receive_report(
    *,
    by: Actor,
    region: Region,
    incoming: Incoming,
    source: str = Source.ONLINE,
    received_on: date | None = None,
) -> Received:
    """Opens a case for a report, seals all of it to the region's examiners, and gives the code.

    Sealed to are examiners of the region who have a key and do not serve in the reported unit,
    and the region's recovery key. ValidationError where there is neither: nobody could read it.
    """
    require(by, "asn_neutrality.report", region)
    if source == Source.DESK:
        require(by, "asn_neutrality.register", region)
    submission = fingerprint(incoming.token)
    # One report of a region at a time: whoever comes second sees what the first has stored, the
    # same form sent twice at once included.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    if Report.objects.filter(submission=submission).exists():
        raise AlreadyReceived
    keys = keys_for(region, incoming.unit)
    recovery = recovery_key(region)
    if not keys and recovery is None:
        raise ValidationError(
            _("Kanal laporan wilayah ini belum dibuka. Sampaikan laporan Anda ke Bawaslu setempat.")
        )
    case_key = new_key()
    case = _register(by, region, incoming, received_on or today_in(region))
    share_key(case, case_key, keys, recovery, added_by=name_of(by))
    report, code, report_key = _add_report(case, case_key, incoming, source, submission)
    _write(by, report, report_key, case_key, incoming)
    note(by, "asn_neutrality.receive_report", case)
    tell_of_report(by=by, case=case, members=[key.user for key in keys])
    return Received(report, code)


def keys_for(region: Region, unit: CivilUnit | None) -> list[PersonalKey]:
    """Keys in use of the region's examiners, but for those who serve in `unit`."""
    keys = PersonalKey.objects.filter(
        retired_at=None, user__in=holders_in(region.pk, Role.ASN_EXAMINER)
    ).select_related("user")
    if unit is not None:
        keys = keys.exclude(user__home_unit__unit=unit)
    return list(keys)


def recovery_key(region: Region) -> RecoveryKey | None:
    """The recovery key in use of the region, else of the nearest region that contains it."""
    keys = RecoveryKey.objects.in_use().filter(region__in=ancestors(region.pk))
    found: RecoveryKey | None = keys.order_by("-region_id").first()
    return found


def share_key(
    case: Case,
    case_key: bytes,
    keys: Sequence[PersonalKey],
    recovery: RecoveryKey | None,
    *,
    added_by: str,
) -> None:
    """Seals the key of a case to people, who become members, and to the recovery key."""
    Member.objects.bulk_create(
        [Member(case=case, user=key.user, added_by=added_by) for key in keys]
    )
    wraps = [Wrap(case=case, personal=key, sealed=seal_to(key.public, case_key)) for key in keys]
    if recovery is not None:
        wraps.append(Wrap(case=case, recovery=recovery, sealed=seal_to(recovery.public, case_key)))
    Wrap.objects.bulk_create(wraps)


def _register(by: Actor, region: Region, incoming: Incoming, received_on: date) -> Case:
    if received_on > today_in(region):
        raise ValidationError({"received_on": _("Tanggal terima tidak boleh di masa depan.")})
    case = Case(region=region, kind=incoming.kind, received_on=received_on, is_sealed=True)
    case.year = received_on.year
    register = Case.objects.filter(region=region, year=case.year)
    case.serial = int(register.aggregate(last=Max("serial", default=0))["last"]) + 1
    case.number = f"{case.serial:03d}/NET-ASN/{region.code}/{case.year}"
    case.size_class = incoming.unit.size_class if incoming.unit else SizeClass.UNKNOWN
    named = incoming.standing != Standing.ANONYMOUS
    add_step(by=by, case=case, state=State.RECEIVED if named else State.INFORMATION)
    return case


def _add_report(
    case: Case, case_key: bytes, incoming: Incoming, source: str, submission: bytes
) -> tuple[Report, str, bytes]:
    code = new_code()
    opened = open_code(code)
    private, public = new_pair()
    report_key = new_key()
    report = Report(
        case=case,
        number=case.number,
        kind=incoming.kind,
        standing=incoming.standing,
        source=source,
        received_on=case.received_on,
        lookup=opened.lookup,
        submission=submission,
        reporter_public=public,
        key_for_reporter=seal_to(public, report_key),
    )
    report.reporter_private = seal(opened.key, private, about_reporter(report))
    report.key_for_case = seal(case_key, report_key, about_report(report))
    report.full_clean()
    report.save()
    return report, code, report_key


def _write(
    by: Actor, report: Report, report_key: bytes, case_key: bytes, incoming: Incoming
) -> None:
    case = report.case
    write_entry(
        by=by,
        case=case,
        key=report_key,
        kind=EntryKind.NARRATIVE,
        content=incoming.narrative,
        report=report,
        files=incoming.files,
    )
    if incoming.identity and incoming.standing != Standing.ANONYMOUS:
        write_entry(
            by=by,
            case=case,
            key=report_key,
            kind=EntryKind.IDENTITY,
            content=incoming.identity,
            report=report,
        )
    who = incoming.narrative.get("who", {})
    write_entry(by=by, case=case, key=case_key, kind=EntryKind.ACCUSED, content={**who, "note": ""})
