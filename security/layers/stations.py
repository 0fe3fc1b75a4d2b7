"""The layer of polling stations by class: kept counts from afar, stations nearer by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.elections.models import PollingStation
from forkopimda.lib.layers import Feature, Key, Layer, Shown
from forkopimda.lib.templatetags.words import figure
from forkopimda.regions.onmap import Listing, listed

from ..models import StationClass, StationCount, StationRating
from .grid import POINTS_MOST, cells, inside
from .texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import View
    from forkopimda.regions.onmap import Area

POINTS_FROM = 12.0
SIGNS = {"low": "●", "risk": "◆", "high": "▲", "special": "★", "": "○"}
#: The most exposed first; a special place asks for most guards.
WORST_FIRST = ["special", "high", "risk", "low", ""]
KECAMATAN_LENGTH = len("12.19.08")


def word(risk_class: str) -> str:
    """The class's word; without a class, that it has none."""
    return str(StationClass(risk_class).label) if risk_class else _("Belum dikelaskan")


def build(by: Actor, view: View) -> Shown:
    """Stations as they are classed now."""
    listing = listed(by, view, marks=True)
    if view.zoom < POINTS_FROM or listing.length < KECAMATAN_LENGTH:
        return _grouped(by, listing)
    return _apart(inside(PollingStation.objects.visible_to(by).in_use(), view), view)


def _grouped(by: Actor, listing: Listing) -> Shown:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    rows = StationCount.objects.visible_to(by).filter(region__in=listing.codes, stations__gt=0)
    for code, risk_class, stations in rows.order_by("region_id", "risk_class").values_list(
        "region_id", "risk_class", "stations"
    ):
        counts[code][risk_class] = stations
    areas = [area for area in listing.areas if area.code in counts and area.place]
    return Shown(
        (areas, list(counts.items())),
        lambda: _groups(areas, counts),
        _("TPS dihitung per wilayah. Perbesar peta untuk melihat tempatnya."),
        everywhere=listing.whole,
    )


def _groups(areas: list[Area], counts: dict[str, dict[str, int]]) -> list[Feature]:
    texts, mark = Texts(), _marker()
    return [
        replace(
            mark(counts[area.code]),
            name=area.name,
            place=area.place,
            code=area.code,
            link=texts.page(area.code),
        )
        for area in areas
    ]


def _marker() -> Callable[[dict[str, int]], Feature]:
    """Makes marks of the number of stations by class."""
    texts = Texts()
    words = {each: word(each) for each in WORST_FIRST}
    worst_words = {each: _("Paling rawan: {word}").format(word=words[each]) for each in words}

    def mark(counts: dict[str, int]) -> Feature:
        there = [each for each in WORST_FIRST if counts.get(each)]
        worst = there[0]
        return Feature(
            "group",
            "",
            f"station-{worst or 'none'}",
            SIGNS[worst],
            worst_words[worst],
            label=texts.number(sum(counts.values())),
            facts=[(words[each], texts.number(counts[each])) for each in there],
        )

    return mark


def _apart(rows: Any, view: View) -> Shown:
    current = StationRating.objects.current().filter(station=OuterRef("pk")).order_by()
    stations = list(
        rows.annotate(risk_class=Subquery(current.values("risk_class")[:1]))
        .order_by("pk")
        .values_list(
            *("pk", "number", "village__name", "place", "risk_class", "latitude", "longitude")
        )[: POINTS_MOST + 1]
    )
    if len(stations) <= POINTS_MOST:
        return Shown(
            stations,
            lambda: [_point(*row) for row in stations],
            _("Tiap tanda satu TPS yang titiknya diketahui."),
        )
    counted = {
        each: Count("pk", filter=Q(ratings__risk_class=each, ratings__valid_until=None))
        for each in StationClass.values
    }
    gathered = list(
        cells(rows, view, **counted).values_list(
            "total", "middle_latitude", "middle_longitude", *StationClass.values
        )
    )
    return Shown(
        gathered,
        lambda: _cells(gathered),
        _("TPS yang berdekatan digabung. Perbesar peta untuk melihat satu per satu."),
    )


def _cells(gathered: list[Any]) -> list[Feature]:
    mark, found = _marker(), []
    for total, latitude, longitude, *by_class in gathered:
        counts = dict(zip(StationClass.values, by_class, strict=True))
        counts[""] = total - sum(by_class)
        name = _("{count} TPS berdekatan").format(count=figure(total))
        made = replace(mark(counts), kind="cluster", name=name, place=(latitude, longitude))
        found.append(made)
    return found


def _point(
    pk: int, number: int, village: str, place: str, risk_class: str | None, *at: float
) -> Feature:
    risk_class = risk_class or ""
    return Feature(
        "point",
        _("TPS {number} {village}").format(number=f"{number:03d}", village=village),
        f"station-{risk_class or 'none'}",
        SIGNS[risk_class],
        word(risk_class),
        place=(at[0], at[1]),
        facts=[(_("Tempat"), place)] if place else [],
        link=reverse("stations:detail", args=[pk]),
    )


STATIONS = Layer(
    key="tps",
    title=gettext_lazy("TPS menurut kelas"),
    build=build,
    permission="security.view",
    legend=(
        *(
            Key(f"station-{each or 'none'}", SIGNS[each], StationClass(each).label)
            for each in WORST_FIRST
            if each
        ),
        Key("station-none", SIGNS[""], gettext_lazy("Belum dikelaskan")),
    ),
    topics=("stations",),
    dated=False,
)
