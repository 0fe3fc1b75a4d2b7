"""The only writers of what reporters and examiners tell each other."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce

from ..alerts import tell_of_message
from ..models import Case, Entry, EntryKind, Evidence, Member, Report
from ..sealing.codes import fingerprint
from .writing import Attachment, lock, note, readers_of, write_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forkopimda.people.models import User

    from ..entries import OpenCase, OpenReport

LONGEST = 5000
#: Messages that one report's channel takes within an hour.
MOST_AN_HOUR = 20
#: Files that it takes in all, beside those of the report itself.
MOST_FILES = 40


@storing_files
@action
def write_as_reporter(
    *, by: Actor, opened: OpenReport, text: str, token: str, files: Sequence[Attachment] = ()
) -> Entry:
    """Adds what the reporter writes to their report, and tells the case's members of it.

    `token` is the form's own random text: the same form sent twice is stored once. Members are
    told when nothing of the case was waiting to be read; ValidationError says what is wrong.
    """
    report = _held(opened.report)
    case = report.case
    require(by, "asn_neutrality.report", case.region)
    key = _key_of(report, EntryKind.FROM_REPORTER, token)
    if (stored := Entry.objects.filter(pk=key).first()) is not None:
        return stored
    text = _checked(text, files)
    _check_amount(report, files)
    waiting = Report.objects.filter(case=case, is_unread=True).exists()
    entry = write_entry(
        by=by,
        case=case,
        key=opened.key,
        kind=EntryKind.FROM_REPORTER,
        content={"text": text},
        report=report,
        files=files,
        pk=key,
    )
    Report.objects.filter(pk=report.pk).update(is_unread=True)
    note(by, "asn_neutrality.write_as_reporter", case)
    if not waiting:
        tell_of_message(by=by, case=case, members=_members(case))
    return entry


@storing_files
@action
def reply(
    *,
    by: User,
    opened: OpenCase,
    report: Report,
    text: str,
    token: str,
    files: Sequence[Attachment] = (),
) -> Entry:
    """Adds an examiner's message to a reporter, sealed under the key of their report alone."""
    case = lock(opened.case)
    require(by, "asn_neutrality.work", case)
    here = Report.objects.filter(pk=report.pk, case=case).first()
    if here is None:
        raise ValidationError(_("Laporan ini sudah tidak ada pada perkara ini."))
    key = _key_of(here, EntryKind.TO_REPORTER, token)
    if (stored := Entry.objects.filter(pk=key).first()) is not None:
        return stored
    entry = write_entry(
        by=by,
        case=case,
        key=opened.report_key(here),
        kind=EntryKind.TO_REPORTER,
        content={"text": _checked(text, files)},
        report=here,
        files=files,
        pk=key,
    )
    note(by, "asn_neutrality.reply", case)
    return entry


@action
def mark_read(*, by: User, opened: OpenCase, report: Report, upto: int) -> bool:
    """Notes that an examiner has the reporter's messages on their screen, up to the serial `upto`.

    What came in meanwhile stays unread. It leaves no audit record: the opening of the case has
    one. Gives whether anything changed.
    """
    case = lock(opened.case)
    require(by, "asn_neutrality.work", case)
    later = Entry.objects.filter(
        report=OuterRef("pk"), kind=EntryKind.FROM_REPORTER, serial__gt=upto
    )
    unread = Report.objects.filter(~Exists(later), pk=report.pk, case=case, is_unread=True)
    if not unread.update(is_unread=False):
        return False
    announce("asn_neutrality", users=tuple(readers_of(case)))
    return True


def _held(report: Report) -> Report:
    """The report as it stands now, its case held. It may have moved to another case meanwhile."""
    while True:
        case = lock(report.case)
        now: Report = Report.objects.get(pk=report.pk)
        if now.case_id == case.pk:
            break
        report = now
    if case.erased_at is not None:
        raise ValidationError(_("Laporan ini sudah dihapus."))
    now.case = case
    return now


def _key_of(report: Report, kind: str, token: str) -> UUID:
    """The key of the entry that a form writes: what is sent twice meets itself."""
    return UUID(bytes=fingerprint(f"message:{kind}:{report.pk}:{token}")[:16])


def _checked(text: str, files: Sequence[Attachment]) -> str:
    """The text as it is kept. A message has a text that can be seen, or a file."""
    text = text.replace("\r\n", "\n").strip()
    seen = any(unicodedata.category(letter)[0] not in "CZ" for letter in text)
    if not seen and not files:
        raise ValidationError({"text": _("Tulis pesan, atau lampirkan bukti.")})
    if len(text) > LONGEST:
        raise ValidationError(
            {"text": _("Pesan paling panjang %(most)s karakter.") % {"most": LONGEST}}
        )
    return text if seen else ""


def _check_amount(report: Report, files: Sequence[Attachment]) -> None:
    """Refuses what a channel does not take: too many messages in an hour, or too many files."""
    written = Entry.objects.filter(report=report, kind=EntryKind.FROM_REPORTER)
    lately = written.filter(at__gt=timezone.now() - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise ValidationError(
            _(
                "Anda sudah mengirim %(count)s pesan dalam satu jam. Pesan ini belum terkirim; "
                "coba lagi nanti."
            )
            % {"count": MOST_AN_HOUR}
        )
    if files and Evidence.objects.filter(entry__in=written).count() + len(files) > MOST_FILES:
        raise ValidationError(
            {
                "files": _(
                    "Laporan ini sudah memuat banyak berkas; paling banyak %(most)s. "
                    "Tulis kepada pemeriksa bahwa masih ada bukti lain."
                )
                % {"most": MOST_FILES}
            }
        )


def _members(case: Case) -> list[User]:
    members = Member.objects.filter(case=case, removed_at=None, user__is_active=True)
    return [member.user for member in members.select_related("user")]
