"""The table of levels as files: Excel, and GeoJSON with the outlines."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib import spreadsheet
from forkopimda.regions.models import Boundary

if TYPE_CHECKING:
    from datetime import datetime

    from forkopimda.lib.authority import Actor

    from .levels import Picture, Row

#: A table of a region's parts is far shorter; files stay small whatever the codes hold.
ROWS_MOST = 1_000


def as_excel(picture: Picture, since: datetime | None) -> IO[bytes]:
    """One sheet with the rows as listed; days are those of the reader's zone."""
    head = [
        (_("Kode"), 12),
        (_("Wilayah"), 32),
        (_("Tingkat"), 14),
        (_("Sejak"), 12),
        (_("Alasan"), 60),
        *([(_("Perubahan sejak {day}").format(day=_day(since)), 24)] if since else []),
        (_("Tinjau ulang"), 14),
        (_("Saran peringatan dini"), 24),
        (_("Insiden 7 hari"), 14),
    ]
    rows = (list(_cells(row, since).values()) for row in picture.rows[:ROWS_MOST])
    return spreadsheet.write(_("Tingkat kerawanan"), head, rows)


def _cells(row: Row, since: datetime | None) -> dict[str, Any]:
    rating, warning = row.rating, row.warning
    return {
        "code": row.region.pk,
        "name": row.region.name,
        "level": row.level_name or _("Belum dinilai"),
        "since": timezone.localtime(rating.valid_from).date() if rating else "",
        "reason": rating.reason if rating else "",
        **({"change": row.change.word} if since else {}),
        "review_on": row.review_on or "",
        "suggestion": warning.get_level_display() if warning else "",
        "incidents": row.incidents,
    }


def as_geojson(by: Actor, picture: Picture, since: datetime | None) -> str:
    """A FeatureCollection with one feature per row; without a loaded outline its geometry is null.
    The outlines are those of the database, not the lighter ones that the map draws."""
    rows = picture.rows[:ROWS_MOST]
    codes = [row.region.pk for row in rows]
    outlines = Boundary.objects.visible_to(by).filter(region__in=codes)
    shapes = {
        code: (geometry, source)
        for code, geometry, source in outlines.values_list("region_id", "geometry", "source")
    }
    features = []
    for row in rows:
        geometry, source = shapes.get(row.region.pk, (None, ""))
        properties = {**_cells(row, since), "level_code": row.level, "outline_source": source}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, default=str, ensure_ascii=False)


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""
