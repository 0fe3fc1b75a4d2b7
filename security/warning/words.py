"""The terms of an early warning in words, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forkopimda.lib.templatetags.words import figure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

LABELS = {
    "incidents": gettext_lazy("Insiden terverifikasi"),
    "neighbours": gettext_lazy("Insiden di kecamatan tetangga"),
    "alerts": gettext_lazy("Peringatan yang masih terbuka"),
    "voting": gettext_lazy("Dekatnya hari pemungutan suara"),
    "assessment": gettext_lazy("Asesmen terakhir"),
}


def trimmed(value: float | Decimal) -> str:
    """A number with at most two decimals, without zeros at its end: "40", "7,5", "33,59"."""
    whole = round(float(value), 2)
    return figure(int(whole) if whole == int(whole) else whole)


@dataclass(frozen=True)
class Line:
    """One term for a reader. The widths of its bar are numbers for SVG, 100 the widest bar."""

    key: str
    label: str
    share: float
    most: float
    measure: str
    width: str
    ground: str


def lines(terms: Iterable[dict[str, Any]]) -> list[Line]:
    """The stored terms of a warning, in their order."""
    terms = list(terms)
    widest = max((term["most"] for term in terms), default=0) or 1
    return [
        Line(
            key=term["key"],
            label=str(LABELS[term["key"]]),
            share=term["share"],
            most=term["most"],
            measure=measure_of(term),
            width=f"{100 * term['share'] / widest:.1f}",
            ground=f"{100 * term['most'] / widest:.1f}",
        )
        for term in terms
    ]


def measure_of(term: dict[str, Any]) -> str:
    """What a term was made from: "3 insiden, 11,5 poin"."""
    measure = term["measure"]
    if not term["most"]:
        return _("tidak dihitung: bobotnya 0")
    if term["key"] in {"incidents", "neighbours"}:
        return _incidents(measure)
    if term["key"] == "alerts":
        return _alerts(measure)
    return _voting(measure) if term["key"] == "voting" else _assessment(measure)


def _incidents(measure: dict[str, Any]) -> str:
    if not measure["count"]:
        return _("tidak ada insiden terverifikasi")
    return ngettext(
        "%(count)s insiden terverifikasi, %(points)s poin",
        "%(count)s insiden terverifikasi, %(points)s poin",
        measure["count"],
    ) % {"count": figure(measure["count"]), "points": trimmed(measure["points"])}


def _alerts(measure: dict[str, Any]) -> str:
    if not measure["count"]:
        return _("tidak ada yang belum diketahui penyelia")
    return ngettext(
        "%(count)s peringatan belum diketahui penyelia",
        "%(count)s peringatan belum diketahui penyelia",
        measure["count"],
    ) % {"count": figure(measure["count"])}


def _voting(measure: dict[str, Any]) -> str:
    if not measure:
        return _("tidak ada pemilihan yang tercatat")
    return _("pemungutan suara %(day)s") % {"day": _day(measure["day"])}


def _assessment(measure: dict[str, Any]) -> str:
    if not measure:
        return _("belum ada asesmen")
    words = _("skor %(score)s pada %(day)s") % {
        "score": trimmed(measure["score"]),
        "day": _day(measure["day"]),
    }
    if measure["kept"] == 100:
        return words
    return _("%(words)s, tersisa %(percent)s%% karena usianya") % {
        "words": words,
        "percent": measure["kept"],
    }


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")
