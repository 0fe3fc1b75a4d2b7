"""What a reporter and the examiners wrote to each other, opened for a page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from .models import SHOWN_TO_REPORTER, Entry, EntryKind
from .sealing.primitives import CanNotOpen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forkopimda.lib.guard import GuardedQuerySet

    from .entries import FileDetails, OpenCase, OpenReport
    from .models import Report

logger = logging.getLogger(__name__)

#: What goes to and fro after the report itself.
MESSAGES = (EntryKind.FROM_REPORTER, EntryKind.TO_REPORTER)


@dataclass(frozen=True)
class Message:
    """One entry of a conversation; `content` is None where it does not open."""

    entry: Entry
    content: dict[str, Any] | None
    files: list[FileDetails]

    @property
    def from_desk(self) -> bool:
        """Whether an examiner wrote it."""
        return self.entry.kind == EntryKind.TO_REPORTER

    @property
    def is_report(self) -> bool:
        """Whether it is the report itself, of several fields."""
        return self.entry.kind == EntryKind.NARRATIVE


def written_in(report: Report, kinds: Iterable[str] = SHOWN_TO_REPORTER) -> GuardedQuerySet:
    """The entries of a report's conversation, oldest first, with their files."""
    found: GuardedQuerySet = report.entries.filter(kind__in=kinds)
    return found.order_by("serial").prefetch_related("evidence")


def latest_of(reports: Iterable[Report], count: int) -> dict[int, list[Entry]]:
    """The last `count` messages of each report, oldest first, by the report's key."""
    place = Window(RowNumber(), partition_by=F("report"), order_by=F("serial").desc())
    entries = (
        Entry.objects.filter(report__in=reports, kind__in=MESSAGES)
        .annotate(place=place)
        .filter(place__lte=count)
        .order_by("serial")
        .select_related("report")
        .prefetch_related("evidence")
    )
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.report_id, []).append(entry)
    return found


def read(opened: OpenReport | OpenCase, entries: Iterable[Entry]) -> list[Message]:
    """The entries opened. One that was changed in the database is shown as such and logged."""
    found = []
    for entry in entries:
        try:
            found.append(Message(entry, opened.read(entry), opened.files(entry)))
        except CanNotOpen:
            logger.error("entry %s does not open: it was changed", entry.pk)  # noqa: TRY400
            found.append(Message(entry, None, []))
    return found
