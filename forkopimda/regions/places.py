"""Points and the boxes of a map's view, in WGS 84 degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BooleanField, F, Func, Q
from django.db.models.expressions import RawSQL


class Point(Func):
    """PostgreSQL's point(longitude, latitude); an index on it answers questions of extent."""

    function = "POINT"
    arity = 2
    output_field: Any = models.Field()

    def __init__(self, longitude: str = "longitude", latitude: str = "latitude") -> None:
        super().__init__(F(longitude), F(latitude))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """By the names of its two columns, for migrations."""
        longitude, latitude = (source.name for source in self.get_source_expressions())
        return f"{__name__}.Point", [longitude, latitude], {}


@dataclass(frozen=True)
class Extent:
    """A box on the map: west, south, east, north in degrees, west < east, south < north."""

    west: float
    south: float
    east: float
    north: float

    def widened(self, share: float) -> Extent:
        """The box with `share` of its width and height added on each side."""
        wide, high = (self.east - self.west) * share, (self.north - self.south) * share
        return Extent(self.west - wide, self.south - high, self.east + wide, self.north + high)

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in the box."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def holds(self, table: str) -> RawSQL:
        """Condition for rows of `table` that have columns longitude and latitude; uses the index
        on `Point`."""
        return RawSQL(  # noqa: S611  # the table is a model's own, the numbers are parameters
            f'POINT("{table}"."longitude", "{table}"."latitude")'  # a model's table
            " <@ BOX(POINT(%s, %s), POINT(%s, %s))",
            (self.west, self.south, self.east, self.north),
            output_field=BooleanField(),
        )


def on_earth(latitude: str = "latitude", longitude: str = "longitude") -> Q:
    """Constraint: both degrees or neither, and on the globe.

    A check that comes out NULL lets the row pass: hence each "is not null".
    """
    return Q(**{latitude: None, longitude: None}) | Q(
        **{
            f"{latitude}__isnull": False,
            f"{longitude}__isnull": False,
            f"{latitude}__gte": -90,
            f"{latitude}__lte": 90,
            f"{longitude}__gte": -180,
            f"{longitude}__lte": 180,
        }
    )
