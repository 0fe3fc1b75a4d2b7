"""What a replay found, as text in the reader's language and as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forkopimda.lib.templatetags.words import figure

from ..models import Level

if TYPE_CHECKING:
    from .inputs import Known
    from .replay import Raise, Span, Verdict


def as_data(known: Known, span: Span, ours: Verdict, naive: Verdict) -> dict[str, Any]:
    """For machines: keys in English, times in ISO form."""
    return {
        "from": span.first.isoformat(),
        "until": span.last.isoformat(),
        "threshold": span.threshold,
        "lead_days": span.lead_days,
        "kecamatan": len(known.kecamatan),
        "suggestion": _figures(ours),
        "naive": _figures(naive),
        "raises": [
            {
                "region": one.code,
                "at": timezone.localtime(one.at, known.zone).isoformat(timespec="minutes"),
                "before": one.before,
                "level": one.level,
                "suggestion_lead_days": _rounded(one.lead_days),
                "suggestion_stood_longer": one.stood_longer and one.lead_days is None,
                "naive_lead_days": _rounded(other.lead_days),
            }
            for one, other in zip(ours.raises, naive.raises, strict=True)
        ],
    }


def _figures(verdict: Verdict) -> dict[str, Any]:
    return {
        "raises": len(verdict.raises),
        "announced": len(verdict.announced),
        "stood_longer": len(verdict.stood_longer),
        "missed": len(verdict.missed),
        "median_lead_days": _rounded(verdict.median_lead),
        "alarms": verdict.hits + verdict.false + verdict.unjudged,
        "alarms_followed": verdict.hits,
        "false_alarms": verdict.false,
        "alarms_unjudged": verdict.unjudged,
        "share_of_days_alarmed": round(verdict.alarmed, 4),
    }


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def as_text(known: Known, span: Span, ours: Verdict, naive: Verdict) -> Iterable[str]:
    """For people, line by line."""
    yield _("Uji balik peringatan dini, {start} sampai {end}, {count} kecamatan").format(
        start=date_format(span.first, "DATE_FORMAT"),
        end=date_format(span.last, "DATE_FORMAT"),
        count=len(known.kecamatan),
    )
    yield _(
        "Alarm: nilai {threshold} ke atas dan saran di atas tingkat yang berlaku. "
        "Tepat waktu: mulai paling lama {days} hari sebelum kenaikan."
    ).format(threshold=figure(span.threshold), days=span.lead_days)
    yield ""
    yield from _raises(known, ours)
    yield ""
    yield from _table(span, ours, naive)
    yield ""
    yield _(
        "Pembanding: tiap insiden berat atau kritis yang diverifikasi dianggap alarm. Setelan, "
        "perbatasan, hari pemungutan, dan keparahan insiden dipakai seperti sekarang; selebihnya "
        "hanya yang sudah diketahui hari itu."
    )


def _raises(known: Known, ours: Verdict) -> Iterable[str]:
    titles = {place.pk: place.title for place in known.kecamatan}
    yield _("Kenaikan tingkat: {count}").format(count=len(ours.raises))
    for one in ours.raises:
        when = date_format(timezone.localtime(one.at, known.zone), "DATE_FORMAT")
        yield _("  {when}  {name}: {before} ke {level}; {fate}").format(
            when=when,
            name=titles[one.code],
            before=str(Level(one.before).label).lower(),
            level=str(Level(one.level).label).lower(),
            fate=_fate(one),
        )


def _fate(one: Raise) -> str:
    if one.lead_days is not None:
        return _("didahului saran {days} hari sebelumnya").format(
            days=figure(round(one.lead_days, 1))
        )
    return _("saran sudah lama berbunyi") if one.stood_longer else _("tidak didahului saran")


def _table(span: Span, ours: Verdict, naive: Verdict) -> Iterable[str]:
    heads = (_("saran"), _("pembanding"))
    rows = [
        (_("kenaikan didahului"), *(_of(len(v.announced), len(v.raises)) for v in (ours, naive))),
        (_("median mendahului (hari)"), *(_days(v.median_lead) for v in (ours, naive))),
        (_("alarm sudah lama berbunyi"), *(str(len(v.stood_longer)) for v in (ours, naive))),
        (_("kenaikan terlewat"), *(str(len(v.missed)) for v in (ours, naive))),
        (_("alarm"), *(str(v.hits + v.false + v.unjudged) for v in (ours, naive))),
        (_("  diikuti kenaikan"), *(str(v.hits) for v in (ours, naive))),
        (
            _("  palsu (tak diikuti dalam {days} hari)").format(days=span.lead_days),
            *(str(v.false) for v in (ours, naive)),
        ),
        (_("  belum dapat dinilai"), *(str(v.unjudged) for v in (ours, naive))),
        (_("hari kecamatan beralarm"), *(f"{100 * v.alarmed:.0f}%" for v in (ours, naive))),
    ]
    wide = max(len(row[0]) for row in rows)
    yield f"{'':{wide}}  {heads[0]:>12}  {heads[1]:>12}"
    for label, first, second in rows:
        yield f"{label:{wide}}  {first:>12}  {second:>12}"


def _of(part: int, whole: int) -> str:
    return _("{part} dari {whole}").format(part=part, whole=whole)


def _days(days: float | None) -> str:
    return "–" if days is None else figure(round(days, 1))
