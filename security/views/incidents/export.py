"""The list of incidents as a file: for Excel, and for maps."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.lib.templatetags.words import figure, zone_name
from forkopimda.people.models import User

from ...incident_filters import IncidentFilters
from ...models import Incident
from ...models.incident import IncidentQuerySet
from .browse import incident_list, narrowed

MOST_ROWS = 50_000
CHUNK = 2000


@require_safe
@never_cache
@needs("security.view_incidents")
def excel(request: HttpRequest) -> HttpResponse:
    """The list's rows, by the same filters and rights, as a file for Excel."""
    rows = _rows(request)
    if isinstance(rows, HttpResponse):
        return rows
    return _file(write(_("Insiden"), _head(), _cells(rows)), "xlsx")


@require_safe
@never_cache
@needs("security.view_incidents")
def geojson(request: HttpRequest) -> HttpResponse:
    """The same rows as GeoJSON; what has no point has no geometry."""
    rows = _rows(request)
    if isinstance(rows, HttpResponse):
        return rows
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    file.write(b'{"type":"FeatureCollection","features":[')
    for number, incident in enumerate(rows.iterator(chunk_size=CHUNK)):
        feature = json.dumps(_feature(incident), ensure_ascii=False, separators=(",", ":"))
        file.write((b",\n" if number else b"\n") + feature.encode())
    file.write(b"\n]}\n")
    file.seek(0)
    return _file(file, "geojson")


def _rows(request: HttpRequest) -> IncidentQuerySet | HttpResponse:
    """The rows to write, or the page that says why there is no file."""
    user = cast(User, request.user)
    filters = IncidentFilters(request.GET, by=user)
    rows = narrowed(user, filters)
    if not filters.is_valid():
        return incident_list(request)
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        context = {"most": figure(MOST_ROWS), "query": request.GET.urlencode()}
        return render(request, "incidents/too_many.html", context, status=422)
    return rows.select_related("region__parent", "station__village", "duplicate_of")


def _file(file: IO[bytes], ending: str) -> HttpResponse:
    name = f"insiden-{timezone.localdate().isoformat()}.{ending}"
    kinds = {"geojson": "application/geo+json"}
    answer = FileResponse(
        file, as_attachment=True, filename=name, content_type=kinds.get(ending, "")
    )
    return cast(HttpResponse, answer)


def _head() -> list[tuple[str, int]]:
    return [
        (_("Nomor"), 20),
        (_("Waktu kejadian"), 22),
        (_("Jenis"), 30),
        (_("Keparahan"), 12),
        (_("Keadaan"), 18),
        (_("Kecamatan"), 22),
        (_("Desa/kelurahan"), 22),
        (_("TPS"), 22),
        (_("Keterangan tempat"), 30),
        (_("Kejadian"), 60),
        (_("Perkiraan orang terlibat"), 12),
        (_("Lintang"), 12),
        (_("Bujur"), 12),
        (_("Dirujuk kepada"), 18),
        (_("Duplikat dari"), 20),
        (_("Pelapor"), 24),
        (_("Diterima"), 22),
    ]


def _cells(rows: IncidentQuerySet) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=CHUNK):
        village = row.region if len(row.region_id) > len("12.19.08") else None
        kecamatan = row.region.parent if village else row.region
        yield [
            row.number,
            _local(row, row.occurred_at),
            row.get_category_display(),
            row.get_severity_display(),
            row.get_state_display(),
            kecamatan.name if kecamatan else "",
            village.name if village else "",
            str(row.station) if row.station else "",
            row.place,
            row.description,
            row.people,
            row.latitude,
            row.longitude,
            row.get_referred_to_display(),
            row.duplicate_of.number if row.duplicate_of else "",
            row.reporter_name,
            _local(row, row.reported_at),
        ]


def _local(row: Incident, moment: Any) -> str:
    local = timezone.localtime(moment, ZoneInfo(row.region.time_zone))
    return f"{local:%Y-%m-%d %H:%M} {zone_name(local)}"


def _feature(row: Incident) -> dict[str, Any]:
    point = None
    if row.latitude is not None:
        point = {"type": "Point", "coordinates": [row.longitude, row.latitude]}
    return {
        "type": "Feature",
        "id": row.number,
        "geometry": point,
        "properties": {
            "number": row.number,
            "category": row.category,
            "category_name": str(row.get_category_display()),
            "severity": row.severity,
            "severity_name": str(row.get_severity_display()),
            "state": row.state,
            "state_name": str(row.get_state_display()),
            "region": row.region_id,
            "region_name": row.region.title,
            "occurred_at": row.occurred_at.isoformat(),
            "description": row.description,
            "place": row.place,
            "people": row.people,
            "url": settings.BASE_URL + reverse("incidents:detail", args=[row.pk]),
        },
    }
