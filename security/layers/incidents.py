"""The layer of incidents: by region from afar, point by point nearer by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, IntegerField, Max, Q, Value, When
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.layers import Feature, Key, Layer, Shown
from forkopimda.lib.templatetags.words import figure, plain_moment
from forkopimda.regions.models import under
from forkopimda.regions.onmap import Listing, listed
from forkopimda.regions.places import Extent

from ..models import CONFIRMED, Category, Incident, IncidentSeverity, IncidentState
from .grid import POINTS_MOST, cells, inside
from .texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import View
    from forkopimda.regions.onmap import Area

PERIOD = timedelta(days=30)
POINTS_FROM = 11.0
SIGNS = {"minor": "●", "moderate": "◆", "severe": "▲", "critical": "✖"}
REPORTED_SIGN = "?"
#: From what region code an incident without a point is shown at its kecamatan's middle.
KECAMATAN_LENGTH = len("12.19.08")

_confirmed = Count("pk", filter=Q(state__in=CONFIRMED))
_worst = Max(
    Case(
        *(When(severity=severity, then=Value(severity.rank)) for severity in IncidentSeverity),
        output_field=IntegerField(),
    )
)


def build(by: Actor, view: View) -> Shown:
    """Incidents of the thirty days up to the moment of the view."""
    rows = (
        Incident.objects.visible_to(by)
        .filter(occurred_at__gt=view.at - PERIOD, occurred_at__lte=view.at)
        .exclude(state__in=[IncidentState.REJECTED, IncidentState.DUPLICATE])
    )
    listing = listed(by, view, marks=True)
    if view.zoom < POINTS_FROM or listing.length < KECAMATAN_LENGTH:
        return _grouped(listing, rows)
    return _apart(listing, inside(rows, view), rows.filter(latitude=None), view)


def _grouped(listing: Listing, rows: Any) -> Shown:
    found = _by_region(listing, rows)
    areas = [area for area in listing.areas if area.code in found and area.place]
    return Shown(
        (areas, sorted(found.items())),
        lambda: _groups(areas, found),
        _("Insiden 30 hari dihitung per wilayah. Perbesar peta untuk melihat tempatnya."),
        everywhere=listing.whole,
    )


def _by_region(listing: Listing, rows: Any) -> dict[str, tuple[int, int, int]]:
    """Total, confirmed, and rank of the gravest incident by the code of the listed regions."""
    if not listing.areas:
        return {}
    counted = (
        rows.filter(under("region_id", listing.around))
        .order_by()
        .values(area=Left("region_id", listing.length))
        .annotate(total=Count("pk"), confirmed=_confirmed, worst=_worst)
    )
    return {
        area: (total, confirmed, worst)
        for area, total, confirmed, worst in counted.values_list(
            "area", "total", "confirmed", "worst"
        )
    }


Counts = tuple[int, int, int]


def _groups(areas: list[Area], found: dict[str, Counts]) -> list[Feature]:
    texts, mark = Texts(), _marker()
    return [
        replace(
            mark(found[area.code]),
            name=area.name,
            place=area.place,
            code=area.code,
            link=texts.page(area.code),
        )
        for area in areas
    ]


def _marker() -> Callable[[Counts], Feature]:
    """Makes marks of counts: total, confirmed, rank of the gravest. Equal ones are made once."""
    texts = Texts()
    labels = _("Terkonfirmasi"), _("Baru dilaporkan"), _("Paling berat")
    words = [str(severity.label) for severity in IncidentSeverity]

    @cache
    def mark(counts: Counts) -> Feature:
        total, confirmed, worst = counts
        severity, word = list(IncidentSeverity)[worst - 1], words[worst - 1]
        values = texts.number(confirmed), texts.number(total - confirmed), word
        return Feature(
            "group",
            "",
            f"severity-{severity}" if confirmed else "reported",
            SIGNS[severity] if confirmed else REPORTED_SIGN,
            word if confirmed else labels[1],
            label=texts.number(total),
            facts=list(zip(labels, values, strict=True)),
        )

    return mark


_FIELDS = ("pk", "number", "category", "severity", "state", "occurred_at", "latitude", "longitude")


def _apart(listing: Listing, rows: Any, placeless: Any, view: View) -> Shown:
    """Points while they are few, else cells; with them what has no point, by kecamatan."""
    without = _by_region(listing, placeless)
    seen = Extent(*view.box)
    areas = [
        area
        for area in listing.areas
        if area.code in without and area.place and seen.contains(*area.place)
    ]
    points = list(rows.order_by("-occurred_at", "-pk").values_list(*_FIELDS)[: POINTS_MOST + 1])
    if len(points) <= POINTS_MOST:
        made, note = points, _("Tiap tanda satu insiden dalam 30 hari.")
        draw: Callable[..., Feature] = _point
    else:
        made = list(
            cells(rows, view, confirmed=_confirmed, worst=_worst).values_list(
                "total", "confirmed", "worst", "middle_latitude", "middle_longitude"
            )
        )
        note, draw = _("Insiden 30 hari yang berdekatan digabung. Perbesar peta."), _cells()
    if areas:
        note = f"{note} {_('Yang tanpa titik ditandai di tengah kecamatannya.')}"
    return Shown(
        (made, areas, sorted(without.items())),
        lambda: [
            *(draw(*row) for row in made),
            *_groups(areas, without),
        ],
        note,
    )


def _cells() -> Callable[[int, int, int, float, float], Feature]:
    mark = _marker()

    def cell(total: int, confirmed: int, worst: int, latitude: float, longitude: float) -> Feature:
        name = _("{count} insiden berdekatan").format(count=figure(total))
        made = mark((total, confirmed, worst))
        return replace(made, kind="cluster", name=name, place=(latitude, longitude))

    return cell


def _point(pk: int, number: str, category: str, severity: str, state: str, *rest: Any) -> Feature:
    occurred_at, latitude, longitude = rest
    confirmed = state in CONFIRMED
    return Feature(
        "point",
        f"{number} {Category(category).label}",
        f"severity-{severity}" if confirmed else "reported",
        SIGNS[severity] if confirmed else REPORTED_SIGN,
        str(IncidentSeverity(severity).label),
        place=(latitude, longitude),
        facts=[
            (_("Keadaan"), str(IncidentState(state).label)),
            (_("Terjadi"), plain_moment(occurred_at)),
        ],
        link=reverse("incidents:detail", args=[pk]),
    )


INCIDENTS = Layer(
    key="insiden",
    title=gettext_lazy("Insiden 30 hari"),
    build=build,
    permission="security.view_incidents",
    legend=(
        *(
            Key(f"severity-{severity}", SIGNS[severity], severity.label)
            for severity in reversed(IncidentSeverity)
        ),
        Key("reported", REPORTED_SIGN, gettext_lazy("Baru dilaporkan")),
    ),
    topics=("incidents",),
)
