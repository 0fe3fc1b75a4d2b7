"""The board of follow-ups, and the same rows as an Excel file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.people.models import User

from ..board import BoardFilters, by_institution, groups, trend
from ..models import FollowUp
from ..models.followup import FollowUpQuerySet

PER_PAGE = 25
CHUNK = 2000


@require_safe
@needs("meetings.enter")
def board(request: HttpRequest) -> HttpResponse:
    """Follow-ups of the meetings that the reader may open, the most pressing first."""
    filters = BoardFilters(request.GET, by=cast(User, request.user))
    rows = _narrowed(request, filters)
    page = Paginator(_with_names(filters, rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "groups": groups(page.object_list),
        "shares": by_institution(rows),
        "weeks": trend(rows),
        "query": request.GET.urlencode(),
        "narrowed": any(request.GET.get(name) for name in filters.fields),
    }
    status = 200 if filters.is_valid() else 422
    return render(request, "meetings/board.html", context, status=status)


@require_safe
@needs("meetings.enter")
def export(request: HttpRequest) -> HttpResponse:
    """The board's rows, by the same filters and rights, as a file for Excel."""
    filters = BoardFilters(request.GET, by=cast(User, request.user))
    rows = _with_names(filters, _narrowed(request, filters))
    if not filters.is_valid():
        return board(request)
    file = write(_("Tindak lanjut"), _head(), _cells(rows))
    name = f"tindak-lanjut-{timezone.localdate().isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def _narrowed(request: HttpRequest, filters: BoardFilters) -> FollowUpQuerySet:
    """What the reader may see and the filters let through; nothing where these are wrong."""
    rows = cast(FollowUpQuerySet, FollowUp.objects.visible_to(cast(User, request.user)))
    return filters.narrow(rows) if filters.is_valid() else rows.none()


def _with_names(filters: BoardFilters, rows: FollowUpQuerySet) -> FollowUpQuerySet:
    if filters.is_valid():
        rows = filters.in_state(rows)
    return rows.select_related("institution", "meeting__region", "place")


def _head() -> list[tuple[str, int]]:
    return [
        (_("Tindak lanjut"), 60),
        (_("Penanggung jawab"), 30),
        (_("Pelaksana"), 24),
        (_("Tenggat"), 12),
        (_("Keadaan"), 14),
        (_("Terlambat"), 10),
        (_("Kecamatan"), 20),
        (_("Rapat"), 50),
        (_("Hari rapat"), 12),
        (_("Berakhir"), 12),
        (_("Bukti atau alasan"), 50),
    ]


def _cells(rows: FollowUpQuerySet) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=CHUNK):
        ended = row.finished_at
        yield [
            row.task,
            row.institution.name,
            row.person,
            row.due_on,
            row.get_state_display(),
            _("ya") if row.is_overdue else _("tidak"),
            row.place.name if row.place else "",
            row.meeting.title,
            row.meeting.day,
            timezone.localtime(ended, row.meeting.zone).date() if ended else None,
            row.evidence or row.cancel_reason,
        ]
