"""What the actions of this app share: sealing an entry, noting a step, telling the members."""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.files import store_file
from forkopimda.lib.live import announce
from forkopimda.people.models import Role, User
from forkopimda.regions.models import Region, ancestors

from ..clock import due_on
from ..models import CLOSED, Case, CaseStep, Entry, Evidence, Member, Report
from ..sealing.primitives import CanNotOpen, new_key, seal, seal_stream, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from forkopimda.lib.authority import Actor

    from ..entries import OpenCase


@dataclass(frozen=True)
class Attachment:
    """A file to be sealed, checked already: name, type by content, and the content itself."""

    name: str
    content_type: str
    content: IO[bytes]


def name_of(by: Actor) -> str:
    """How the actor is named beside what they did. Reporters have no name."""
    return str(by) if isinstance(by, User) else by.get_username()


def today_in(region: Region) -> date:
    """The present day where the region is."""
    return timezone.localtime(timezone=ZoneInfo(region.time_zone)).date()


def lock(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends."""
    held: Case = (
        Case.objects.select_for_update(of=("self",)).select_related("region").get(pk=case.pk)
    )
    return held


def hold(opened: OpenCase) -> Case:
    """As `lock`, for a case that was opened before.

    ValidationError where its content was erased or its key changed meanwhile: what would be
    sealed now, nobody could open.
    """
    opened.case = case = lock(opened.case)
    if case.erased_at is not None:
        raise ValidationError(_("Isi perkara ini sudah dihapus."))
    check_key(case, opened.key)
    return case


def write_entry(
    *,
    by: Actor,
    case: Case,
    key: bytes,
    kind: str,
    content: dict[str, Any],
    report: Report | None = None,
    files: Iterable[Attachment] = (),
    pk: UUID | None = None,
) -> Entry:
    """Seals one entry, with its files, under `key`; the case must be locked.

    Call it inside an action marked `storing_files` when there are files. `pk` is the entry's key
    where a form gives it. ValidationError where `key` was replaced since the case was opened:
    what it sealed could be read by nobody.
    """
    check_key(case, key, report)
    last = Entry.objects.filter(case=case).aggregate(last=Max("serial", default=0))["last"]
    entry = Entry(pk=pk or uuid4(), case=case, report=report, kind=kind, serial=last + 1)
    entry.by_name = name_of(by) if isinstance(by, User) else ""
    entry.sealed = seal(key, json.dumps(content, ensure_ascii=False).encode(), entry.about)
    entry.full_clean(validate_constraints=False)
    entry.save(force_insert=True)
    for position, attachment in enumerate(files, start=1):
        _store(entry, key, position, attachment)
    return entry


def check_key(case: Case, key: bytes, report: Report | None = None) -> None:
    """Refuses a key that the locked case, or one of its reports, is not sealed with any more."""
    sealed = (
        Entry.objects.filter(report=report)
        if report
        else Entry.objects.filter(case=case, report=None)
    )
    newest = sealed.exclude(sealed=b"").order_by("serial").last()
    try:
        if newest is not None:
            unseal(key, newest.sealed, newest.about)
    except CanNotOpen:
        raise ValidationError(
            _("Kunci perkara ini baru saja diganti. Muat ulang halaman, lalu kirim lagi.")
        ) from None


def _store(entry: Entry, key: bytes, position: int, attachment: Attachment) -> None:
    evidence = Evidence(entry=entry, position=position)
    own = new_key()
    details = {
        "name": attachment.name,
        "type": attachment.content_type,
        "key": b64encode(own).decode(),
    }
    evidence.sealed = seal(key, json.dumps(details).encode(), evidence.about)
    attachment.content.seek(0)
    with tempfile.TemporaryFile() as sealed:
        for chunk in seal_stream(own, attachment.content):
            sealed.write(chunk)
        evidence.size = sealed.tell()
        sealed.seek(0)
        store_file(evidence.file, str(evidence.pk), File(sealed))
    evidence.save(force_insert=True)


def add_step(*, by: Actor, case: Case, state: str, previous: str = "", **details: Any) -> CaseStep:
    """Notes that the locked case came to `state`, sets its term, and stores both.

    `details` are fields of `CaseStep`: reason, recipient, sanction, entry.
    """
    case.state = state
    case.due_on = None if state in CLOSED else due_on(state, today_in(case.region))
    case.full_clean(exclude=["number"] if case.pk else None)
    case.save()
    step = CaseStep(
        case=case, previous=previous, state=state, due_on=case.due_on, by_name=name_of(by)
    )
    for field, value in details.items():
        setattr(step, field, value)
    step.full_clean()
    step.save()
    return step


def note(by: Actor, act: str, case: Case, **data: Any) -> None:
    """Leaves the audit record of an act on a case and tells the pages of those who see it."""
    record(by=by, act=act, target=case, region=case.region_id, number=case.number, **data)
    if keys := tuple(readers_of(case)):
        announce("asn_neutrality", users=keys)


def readers_of(case: Case) -> list[int]:
    """Keys of the users who see the case: its members, and the auditors of its region."""
    members = Member.objects.filter(case=case, removed_at=None, user__is_active=True)
    auditors = holders_in(case.region_id, Role.AUDITOR)
    keys = {*members.values_list("user", flat=True), *auditors.values_list("pk", flat=True)}
    return sorted(keys)


def holders_in(code: str, *roles: str) -> Any:
    """Active users who hold one of `roles` in the region `code`, or in one that contains it."""
    users = User.objects.filter(is_active=True, grants__role__in=roles)
    here = users.filter(grants__region__in=ancestors(code), grants__role__in=roles)
    everywhere = users.filter(grants__region=None, grants__role__in=roles)
    return User.objects.filter(pk__in=here.union(everywhere).values("pk"))
