"""Assessments as a table for a spreadsheet: a row per indicator that was scored."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib import spreadsheet
from forkopimda.lib.templatetags.words import zone_name

from .models import AssessmentScore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forkopimda.lib.authority import Actor

    from .models import Assessment
    from .models.assessment import AssessmentQuerySet, ScoreQuerySet

MOST_ROWS = 20_000
CHUNK = 2_000


def scores_of(by: Actor, assessments: AssessmentQuerySet) -> ScoreQuerySet | None:
    """The scores to write, the newest assessment first; None where they are more than MOST_ROWS."""
    wanted = assessments.order_by().values("pk")
    rows = AssessmentScore.objects.visible_to(by).filter(assessment__in=wanted)
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        return None
    return rows.select_related(
        "assessment__region", "assessment__frame", "indicator__dimension"
    ).order_by(
        "-assessment__made_at",
        "-assessment_id",
        "indicator__dimension__position",
        "indicator__position",
        "id",
    )


def as_excel(scores: ScoreQuerySet) -> IO[bytes]:
    """One sheet; what is of the assessment stands in each of its rows, so that a filter or a pivot
    table of the spreadsheet can use it."""
    return spreadsheet.write(_("Asesmen"), _head(), _cells(scores))


def _head() -> list[tuple[str, int]]:
    return [
        (_("Nomor asesmen"), 14),
        (_("Kode"), 12),
        (_("Wilayah"), 30),
        (_("Kerangka"), 36),
        (_("Versi"), 8),
        (_("Skor"), 10),
        (_("Tingkat yang disarankan"), 22),
        (_("Penilai"), 26),
        (_("Waktu"), 22),
        (_("Dimensi"), 34),
        (_("Bobot dimensi"), 14),
        (_("Indikator"), 48),
        (_("Nilai indikator (0–4)"), 20),
        (_("Bobot indikator"), 16),
    ]


def _cells(scores: ScoreQuerySet) -> Iterator[list[Any]]:
    for row in scores.iterator(chunk_size=CHUNK):
        made, indicator = row.assessment, row.indicator
        yield [
            made.pk,
            made.region_id,
            made.region.title,
            made.frame.name,
            made.frame.version,
            made.score,
            str(made.get_suggested_level_display()),
            made.author_name,
            _wall_clock(made),
            indicator.dimension.name,
            indicator.dimension.weight,
            indicator.name,
            row.value,
            indicator.weight,
        ]


def _wall_clock(made: Assessment) -> str:
    local = timezone.localtime(made.made_at, ZoneInfo(made.region.time_zone))
    return f"{local:%Y-%m-%d %H:%M} {zone_name(local)}"
