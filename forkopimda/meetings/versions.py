"""Approved minutes as a page shows them, and what a correction changed, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Part:
    """One part of the minutes: its place, its heading, its text."""

    section: str
    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Shown:
    """One part with what is the same, added or removed since the version before."""

    section: str
    heading: str
    spans: list[tuple[str, str]]
    state: str


def parts(content: dict[str, Any]) -> list[Part]:
    """The content of minutes, part by part."""
    agenda, decisions = _("Acara dan pembahasan"), _("Keputusan")
    return [
        Part(_("Rapat"), "facts", "", _facts(content["facts"])),
        Part(_("Peserta"), "attendance", "", "\n".join(map(_invitee, content["attendance"]))),
        *(
            Part(agenda, f"item-{row['number']}", _numbered(row, "title"), _said(row))
            for row in content["agenda"]
        ),
        *(
            Part(decisions, f"decision-{row['number']}", "", _numbered(row, "text"))
            for row in content["decisions"]
        ),
        Part(
            _("Tindak lanjut"),
            "follow-ups",
            "",
            "\n".join(map(_follow_up, content["follow_ups"])),
        ),
    ]


def compared(content: dict[str, Any], before: dict[str, Any] | None) -> list[Shown]:
    """The parts that say something, marked against the version `before`, if there is one."""
    new = parts(content)
    if before is None:
        return [Shown(p.section, p.heading, [("same", p.text)], "same") for p in new if p.text]
    old = {part.key: part for part in parts(before)}
    shown = [_marked(part, old.pop(part.key, None)) for part in new]
    gone = [Shown(p.section, p.heading, [("removed", p.text)], "removed") for p in old.values()]
    return [part for part in (*shown, *gone) if any(text for _kind, text in part.spans)]


def _marked(part: Part, before: Part | None) -> Shown:
    if before is None:
        return Shown(part.section, part.heading, [("added", part.text)], "added")
    if before == part:
        return Shown(part.section, part.heading, [("same", part.text)], "same")
    old, new = f"{before.heading}\n{before.text}", f"{part.heading}\n{part.text}"
    return Shown(part.section, "", _spans(old.strip(), new.strip()), "changed")


def _spans(old: str, new: str) -> list[tuple[str, str]]:
    before, after = WORD.findall(old), WORD.findall(new)
    spans = []
    for step, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if step == "equal":
            spans.append(("same", "".join(after[c:d])))
            continue
        spans += [
            (kind, text)
            for kind, text in (("removed", "".join(before[a:b])), ("added", "".join(after[c:d])))
            if text
        ]
    return spans


def _facts(facts: dict[str, Any]) -> str:
    lines = [facts["title"], facts["kind"], facts["day"], facts["time"], facts["place"]]
    return "\n".join(line for line in (*lines, facts["chair"]) if line)


def _invitee(row: dict[str, str]) -> str:
    who = ", ".join(part for part in (row["title"], row["institution"], row["name"]) if part)
    came = " ".join(part for part in (row["status"], row["representative"]) if part)
    return f"{who}: {came or '–'}"


def _numbered(row: dict[str, Any], field: str) -> str:
    return f"{row['number']}. {row[field]}"


def _said(row: dict[str, Any]) -> str:
    presenter = _("Penyaji: %(name)s") % {"name": row["presenter"]} if row["presenter"] else ""
    text = "\n".join(part for part in (presenter, row["minutes"]) if part)
    return text or _("Belum ada notulen.")


def _follow_up(row: dict[str, str]) -> str:
    who = ", ".join(part for part in (row["institution"], row["person"]) if part)
    place = f" ({row['place']})" if row["place"] else ""
    return f"{row['task']}{place}: {who}, {row['due']}"
