"""Points of a view: each by itself while they are few, else gathered in a grid."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, F
from django.db.models.functions import Floor

from forkopimda.regions.places import Extent

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forkopimda.lib.layers import View

#: More marks than this are too near to one another to be told apart.
POINTS_MOST = 500
CELLS_MOST = 400
CELL_PIXELS = 70
PIXELS_AROUND = 256  # of the globe, at zoom 0


def inside(rows: Any, view: View) -> Any:
    """Rows with a point in the view's box, by the table's index on points."""
    return rows.filter(Extent(*view.box).holds(rows.model._meta.db_table), latitude__isnull=False)


def cells(rows: Any, view: View, **counts: Any) -> QuerySet[Any, dict[str, Any]]:
    """Rows gathered in squares of `CELL_PIXELS`: their number (`total`), their middle
    (`latitude`, `longitude`) and the `counts` asked for; the fullest cells first."""
    wide = CELL_PIXELS * 360 / (PIXELS_AROUND * 2**view.zoom)
    high = wide * cos(radians((view.box[1] + view.box[3]) / 2))
    gathered: QuerySet[Any, dict[str, Any]] = (
        rows.order_by()
        .annotate(column=Floor(F("longitude") / wide), line=Floor(F("latitude") / high))
        .values("column", "line")
        .annotate(
            total=Count("pk"),
            middle_latitude=Avg("latitude"),
            middle_longitude=Avg("longitude"),
            **counts,
        )
        .order_by("-total", "column", "line")[:CELLS_MOST]
    )
    return gathered
