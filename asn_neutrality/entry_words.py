"""How the fields of a sealed entry read on a page: each with its label, empty ones left out.

The fields are listed in entries.py. What is shown of files, times and authors is not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .flow import DATES, LABELS
from .forms.entries import WHO_ASKED
from .models import EntryKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Line:
    """One field in words. `is_long` keeps its line breaks and takes the whole width."""

    label: str | StrPromise
    text: str
    is_long: bool = False


#: Fields whose texts are as long as their writer likes.
LONG = frozenset(
    {
        "allegation",
        "analysis",
        "conclusion",
        "facts",
        "grounds",
        "missing",
        "note",
        "objection",
        "proof",
        "summary",
        "text",
        "what",
        "why",
    }
)
FIELDS: dict[str, dict[str, StrPromise]] = {
    EntryKind.IDENTITY: {"name": _("Nama"), "contact": _("Kontak")},
    EntryKind.FROM_REPORTER: {"text": _("Pesan")},
    EntryKind.TO_REPORTER: {"text": _("Pesan")},
    EntryKind.ACCUSED: {
        "name": _("Nama"),
        "office": _("Jabatan"),
        "unit": _("Unit kerja"),
        "note": _("Keterangan"),
    },
    EntryKind.NOTE: {"text": _("Catatan")},
    EntryKind.STATEMENT: {
        "who": _("Yang memberi keterangan"),
        "on": _("Tanggal"),
        "text": _("Keterangan"),
    },
    EntryKind.HEARING: {
        "on": _("Tanggal pemeriksaan"),
        "called": _("Dipanggil"),
        "attended": _("Kehadiran"),
        "text": _("Keterangan"),
    },
    EntryKind.CORRECTION: {"asked_by": _("Diminta oleh"), "text": _("Isi koreksi")},
    EntryKind.STUDY: {
        "allegation": _("Uraian dugaan"),
        "facts": _("Fakta"),
        "analysis": _("Analisis"),
        "conclusion": _("Kesimpulan"),
    },
    EntryKind.RECOMMENDATION: {
        "text": _("Rekomendasi"),
        "sanction": _("Sanksi yang disarankan"),
    },
    EntryKind.STEP: LABELS,
}
_DAYS = DATES | {"on"}


def lines_of(kind: str, content: dict[str, Any]) -> list[Line]:
    """The entry's fields that are not empty, in reading order."""
    if kind == EntryKind.NARRATIVE:
        return _written(_narrative(content))
    fields = FIELDS[kind]
    return _written(
        (label, _in_words(name, content.get(name)), name) for name, label in fields.items()
    )


def _written(lines: Iterable[tuple[StrPromise, str, str]]) -> list[Line]:
    return [Line(label, text, name in LONG) for label, text, name in lines if text]


def _narrative(content: dict[str, Any]) -> list[tuple[StrPromise, str, str]]:
    who = content.get("who") or {}
    hoax = content.get("hoax") or {}
    links = "\n".join(str(link) for link in content.get("links") or [])
    return [
        (_("Apa yang terjadi"), _text(content.get("what")), "what"),
        (_("Yang dilaporkan"), _text(who.get("name")), "name"),
        (_("Jabatan"), _text(who.get("office")), "office"),
        (_("Unit kerja"), _text(who.get("unit")), "unit"),
        (_("Kapan"), _text(content.get("when")), "when"),
        (_("Di mana"), _text(content.get("where")), "where"),
        (_("Tautan"), links, "text"),
        (_("Platform"), _text(hoax.get("platform")), "platform"),
        (_("Tautan unggahan"), _text(hoax.get("link")), "text"),
        (_("Jangkauan"), _text(hoax.get("reach")), "reach"),
    ]


def _in_words(name: str, value: Any) -> str:
    if name == "attended":
        return gettext("Hadir") if value else gettext("Tidak hadir")
    if name == "called":
        return "; ".join(_day(_text(day)) for day in value or [])
    if name == "asked_by":
        return str(dict(WHO_ASKED).get(value, _text(value)))
    return _day(_text(value)) if name in _DAYS else _text(value)


def _day(text: str) -> str:
    try:
        return str(formats.date_format(date.fromisoformat(text), "DATE_FORMAT"))
    except ValueError:
        return text


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
