"""Reading what is sealed, with the key at hand. Nothing here writes.

The JSON fields of each kind of entry, all texts unless said otherwise:

- narrative: `what`, `who` (name, office, unit, unit_id: number or null), `when`, `where`, `links`
  (list), and for hoaxes `hoax` (platform, link, reach)
- identity: `name`, `contact`
- from_reporter, to_reporter, note: `text`
- accused: `name`, `office`, `unit`, `unit_id` (number or null), `note`
- statement: `who`, `on` (ISO date), `text`
- hearing: `on` (ISO date), `attended` (true or false), `called` (list of ISO dates), `text`
- correction: `of` (key of an entry), `asked_by` (reporter, accused, examiner), `text`
- study: `allegation`, `facts`, `analysis`, `conclusion`
- recommendation: `text`, `sanction` (code or "")
- step: what flow.py asks of the step, by field name
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .models import Case, Entry, EntryKind, Evidence, PersonalKey, Report, Wrap
from .sealing.primitives import CanNotOpen, unseal, unseal_stream, unseal_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forkopimda.people.models import User


@dataclass(frozen=True)
class FileDetails:
    """What is sealed about a file: its name, its type by content, its own key."""

    evidence: Evidence
    name: str
    content_type: str
    key: bytes

    def content(self) -> Iterator[bytes]:
        """The file itself, chunk by chunk; CanNotOpen if it was changed."""
        with self.evidence.file.open("rb") as stream:
            yield from unseal_stream(self.key, stream)


@dataclass(frozen=True)
class OpenReport:
    """A report whose key is at hand: to its reporter by their code, to examiners by the case's."""

    report: Report
    key: bytes

    def read(self, entry: Entry) -> dict[str, Any]:
        """The fields of an entry of this report."""
        return _read(entry, self.key)

    def files(self, entry: Entry) -> list[FileDetails]:
        """What is known of an entry's files."""
        return _files(entry, self.key)


@dataclass
class OpenCase:
    """A case whose key is at hand."""

    case: Case
    key: bytes
    _reports: dict[int, bytes] = field(default_factory=dict)

    def report_key(self, report: Report) -> bytes:
        """The key of one of its reports."""
        if report.pk not in self._reports:
            self._reports[report.pk] = unseal(self.key, report.key_for_case, about_report(report))
        return self._reports[report.pk]

    def key_of(self, entry: Entry) -> bytes:
        """The key that opens an entry: its report's or the case's."""
        return self.report_key(entry.report) if entry.report else self.key

    def read(self, entry: Entry) -> dict[str, Any]:
        """The fields of an entry; CanNotOpen if it was changed or moved."""
        return _read(entry, self.key_of(entry))

    def files(self, entry: Entry) -> list[FileDetails]:
        """What is known of an entry's files."""
        return _files(entry, self.key_of(entry))

    def latest(self, kind: str) -> dict[str, Any]:
        """What was last written of a kind that is the case's own; empty where nothing was."""
        last = Entry.objects.filter(case=self.case, kind=kind).order_by("serial").last()
        return self.read(last) if last else {}

    def change_key(self, key: bytes) -> None:
        """Goes on with the key that the case was given in place of the old one."""
        self.key = key
        self._reports.clear()

    def accused(self) -> dict[str, Any]:
        """Who is reported, as last written; empty where nobody is named."""
        return self.latest(EntryKind.ACCUSED)


def about_report(report: Report) -> str:
    """What the key of a report is tied to. Its number stays when it moves to another case."""
    return f"report:{report.number}"


def about_reporter(report: Report) -> str:
    """What the private key of a reporter is tied to."""
    return f"reporter:{report.number}"


def open_case(case: Case, user: User, private: bytes) -> OpenCase:
    """The case opened with the user's private key; CanNotOpen where it is not sealed to them, or
    where they are no member any more."""
    wrap = Wrap.objects.filter(
        case=case,
        personal__user=user,
        personal__retired_at=None,
        case__members__user=user,
        case__members__removed_at=None,
    ).first()
    if wrap is None:
        raise CanNotOpen
    return OpenCase(case, unseal_with(private, wrap.sealed))


def open_report(report: Report, code_key: bytes) -> OpenReport:
    """The report opened with what its code gives (sealing/codes.py)."""
    private = unseal(code_key, report.reporter_private, about_reporter(report))
    return OpenReport(report, unseal_with(private, report.key_for_reporter))


def open_private(key: PersonalKey, stretched: bytes) -> bytes:
    """The private key of a pair, with the passphrase stretched; CanNotOpen if it is wrong."""
    return unseal(stretched, key.private, about_person(key))


def about_person(key: PersonalKey) -> str:
    """What a private key is tied to."""
    return f"person:{key.user_id}"


def _read(entry: Entry, key: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(unseal(key, entry.sealed, entry.about))
    return content


def _files(entry: Entry, key: bytes) -> list[FileDetails]:
    found = []
    for evidence in entry.evidence.all():
        details = json.loads(unseal(key, evidence.sealed, evidence.about))
        found.append(
            FileDetails(evidence, details["name"], details["type"], b64decode(details["key"]))
        )
    return found
