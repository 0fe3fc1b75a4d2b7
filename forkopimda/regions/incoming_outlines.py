"""Checks GeoJSON features against the known regions, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .geometry import area_km2, as_geojson, centre, parse, simplify
from .loading import Progress

PROGRESS_EVERY = 500


class Outline(NamedTuple):
    """One checked outline, as the loader's table takes it."""

    code: str
    geometry: str
    area_km2: float
    latitude: float
    longitude: float
    west: float
    south: float
    east: float
    north: float


class Intake:
    """Takes features in and remembers what became of them; geometries are not kept."""

    def __init__(
        self,
        known: frozenset[str],
        code_property: str,
        simplify_metres: float | None,
        progress: Progress,
    ) -> None:
        if simplify_metres is not None and not (isfinite(simplify_metres) and simplify_metres > 0):
            raise ValidationError(_("Toleransi penyederhanaan harus lebih besar dari 0 meter."))
        self.known = known
        self.code_property = code_property
        self.simplify_metres = simplify_metres
        self.progress = progress
        self.numbers: dict[str, int] = {}
        self.unknown: list[str] = []
        self.faults: list[str] = []

    def outlines(self, features: Iterable[object]) -> Iterator[Outline]:
        """The outlines of known regions. After the first fault the rest is checked only."""
        number = 0
        for number, feature in enumerate(features, start=1):
            outline = self._take(number, feature)
            if outline and not self.faults:
                yield outline
            if number % PROGRESS_EVERY == 0:
                self.progress(_("Fitur diperiksa"), number)
        self.progress(_("Fitur diperiksa"), number)

    def _take(self, number: int, feature: object) -> Outline | None:
        code = None
        try:
            code, geometry = self._parts(feature)
            if code not in self.known:
                self.unknown.append(code)
                return None
            self._remember(code, number)
            return self._measure(code, geometry)
        except ValidationError as error:
            self.faults.append(
                _("fitur {number} ({code}): {reason}").format(
                    number=number, code=code or "–", reason="; ".join(error.messages)
                )
            )
            return None

    def _parts(self, feature: object) -> tuple[str, object]:
        """The feature's code and its geometry, the latter not yet checked."""
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise ValidationError(_("bukan Feature GeoJSON"))
        properties = feature.get("properties")
        code = properties.get(self.code_property) if isinstance(properties, dict) else None
        if not isinstance(code, str):
            raise ValidationError(
                _("tidak ada kode berupa teks di properti “{name}”").format(name=self.code_property)
            )
        return code, feature.get("geometry")

    def _remember(self, code: str, number: int) -> None:
        first = self.numbers.setdefault(code, number)
        if first != number:
            raise ValidationError(_("kode sudah ada di fitur {first}").format(first=first))

    def _measure(self, code: str, geometry: object) -> Outline:
        shape = parse(geometry)
        # Area and centre are those of the outline as surveyed, not of its simplification.
        area = area_km2(shape)
        latitude, longitude = centre(shape)
        if self.simplify_metres is not None:
            shape = simplify(shape, self.simplify_metres)
        text = json.dumps(as_geojson(shape), separators=(",", ":"))
        return Outline(code, text, area, latitude, longitude, *shape.bounds)
