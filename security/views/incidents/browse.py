"""Finding incidents: the list with its filters."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from ...incident_filters import IncidentFilters
from ...models import Incident
from ...models.incident import IncidentQuerySet

if TYPE_CHECKING:
    BasePaginator = Paginator[Any]
else:  # Django's own class takes no type argument when it runs
    BasePaginator = Paginator

PER_PAGE = 25
MOST_COUNTED = 10_000


class BoundedPaginator(BasePaginator):
    """Counts no further than people turn pages."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, MOST_COUNTED at most."""
        return int(cast(IncidentQuerySet, self.object_list).order_by()[:MOST_COUNTED].count())

    @property
    def more(self) -> bool:
        """Whether there may be more than are counted."""
        return self.count >= MOST_COUNTED


@require_safe
@needs("security.view_incidents")
def incident_list(request: HttpRequest) -> HttpResponse:
    """Incidents that the reader may open, as the filters say; a wrong filter shows none."""
    user = cast(User, request.user)
    filters = IncidentFilters(request.GET, by=user)
    rows = narrowed(user, filters).select_related("region__parent")
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "filters": filters,
        "query": query.urlencode(),
        "here": request.get_full_path(),
        "may_report": may(user, "security.report_incident"),
    }
    part = request.headers.get("HX-Target") == "incidents"
    template = "incidents/_list.html" if part else "incidents/list.html"
    return render(request, template, context, status=422 if filters.errors else 200)


def narrowed(user: User, filters: IncidentFilters) -> IncidentQuerySet:
    """What the reader may see and the filters let through; nothing where these are wrong."""
    rows = Incident.objects.visible_to(user)
    return filters.narrow(rows) if filters.is_valid() else rows.none()
