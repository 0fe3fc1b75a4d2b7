"""The content of an opened case in the order that its page shows, decrypted once per request.

A text that was changed in the database since it was sealed is shown as broken, beside the others.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from .entry_words import Line, lines_of
from .models import CaseStep, Entry, EntryKind, Report, Sanction
from .sealing.primitives import CanNotOpen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .entries import FileDetails, OpenCase

#: Notes, statements and what else was written, per page.
PER_PAGE = 50
#: Earlier versions of who is reported that the page shows, and corrections that it looks through.
MOST_EARLIER, MOST_CORRECTIONS = 20, 200
#: What is written while a case is examined. The rest has its own place on the page.
WRITTEN = (
    EntryKind.NOTE,
    EntryKind.STATEMENT,
    EntryKind.HEARING,
    EntryKind.CORRECTION,
    EntryKind.STUDY,
    EntryKind.RECOMMENDATION,
)


@dataclass
class Shown:
    """An entry as the page shows it; `target` is what it corrects, `corrected_by` what corrects
    it."""

    entry: Entry
    lines: list[Line] = field(default_factory=list)
    files: list[FileDetails] = field(default_factory=list)
    is_broken: bool = False
    target: Entry | None = None
    corrected_by: Entry | None = None


@dataclass(frozen=True)
class Dossier:
    """What is shown of an opened case: narratives by report and which reports have an identity,
    the accused with earlier versions, what was written, and the records of steps by step."""

    narratives: dict[int, Shown]
    with_identity: frozenset[int]
    accused: Shown | None
    accused_before: list[Shown]
    written: Page[Any]
    steps: dict[int, Shown]


def dossier_of(
    opened: OpenCase, reports: Sequence[Report], steps: Iterable[CaseStep], page: str | None
) -> Dossier:
    """Reads what the page shows: `reports` and `steps` are those on it, `page` is asked for of
    what was written. A fixed number of queries, whatever the case holds."""
    reader = _Reader(opened)
    narratives, with_identity = reader.reports(reports)
    accused = reader.accused()
    return Dossier(
        narratives=narratives,
        with_identity=with_identity,
        accused=accused[0] if accused else None,
        accused_before=accused[1:],
        written=reader.written(page),
        steps=reader.records([step for step in steps if step.entry_id]),
    )


class _Reader:
    def __init__(self, opened: OpenCase) -> None:
        self.opened = opened
        self.entries = opened.case.entries.select_related("report").prefetch_related("evidence")
        self.contents: dict[uuid.UUID, dict[str, Any]] = {}

    def reports(self, reports: Sequence[Report]) -> tuple[dict[int, Shown], frozenset[int]]:
        """Narratives by report, and the reports that have an identity, which stays sealed."""
        kinds = (EntryKind.NARRATIVE, EntryKind.IDENTITY)
        narratives, with_identity = {}, set()
        for entry in self.entries.filter(kind__in=kinds, report__in=reports):
            if entry.kind == EntryKind.NARRATIVE:
                narratives[entry.report_id] = self._show(entry)
            else:
                with_identity.add(entry.report_id)
        return narratives, frozenset(with_identity)

    def accused(self) -> list[Shown]:
        """Who is reported, the latest version first."""
        found = self.entries.filter(kind=EntryKind.ACCUSED).order_by("-serial")
        return [self._show(entry) for entry in found[: MOST_EARLIER + 1]]

    def written(self, number: str | None) -> Page[Any]:
        """A page of what was written, newest first."""
        found = self.entries.filter(kind__in=WRITTEN).order_by("-serial")
        page = Paginator(found, PER_PAGE).get_page(number)
        page.object_list = [self._show(entry) for entry in page.object_list]
        return page

    def records(self, steps: Sequence[CaseStep]) -> dict[int, Shown]:
        """The sealed records of steps, by step."""
        found = self.entries.in_bulk([step.entry_id for step in steps])
        return {step.pk: self._show(found[step.entry_id]) for step in steps}

    def _show(self, entry: Entry) -> Shown:
        target, corrected_by = self._corrections
        shown = Shown(
            entry, target=target.get(entry.pk), corrected_by=corrected_by.get(str(entry.pk))
        )
        try:
            content = dict(self._read(entry))
            shown.files = self.opened.files(entry)
        except CanNotOpen:
            shown.is_broken = True
            return shown
        if entry.kind == EntryKind.RECOMMENDATION and content.get("sanction"):
            content["sanction"] = self._sanctions.get(content["sanction"], content["sanction"])
        shown.lines = lines_of(entry.kind, content)
        return shown

    def _read(self, entry: Entry) -> dict[str, Any]:
        if entry.pk not in self.contents:
            self.contents[entry.pk] = self.opened.read(entry)
        return self.contents[entry.pk]

    @cached_property
    def _corrections(self) -> tuple[dict[uuid.UUID, Entry], dict[str, Entry]]:
        """What each correction is about, and which correction each entry last had."""
        about: dict[uuid.UUID, str] = {}
        corrected_by: dict[str, Entry] = {}
        newest = self.entries.filter(kind=EntryKind.CORRECTION).order_by("-serial")
        for entry in reversed(newest[:MOST_CORRECTIONS]):
            try:
                about[entry.pk] = str(self._read(entry).get("of", ""))
            except CanNotOpen:
                continue
            corrected_by[about[entry.pk]] = entry
        found = self.opened.case.entries.defer("sealed").filter(pk__in=_keys(about.values()))
        entries = {str(entry.pk): entry for entry in found}
        target = {key: entries[of] for key, of in about.items() if of in entries}
        return target, corrected_by

    @cached_property
    def _sanctions(self) -> dict[str, str]:
        """The labels of sanctions by code."""
        return {line.code: line.label for line in Sanction.objects.in_force()}


def _keys(texts: Iterable[str]) -> list[uuid.UUID]:
    keys = []
    for text in texts:
        try:
            keys.append(uuid.UUID(text))
        except ValueError:
            continue
    return keys
