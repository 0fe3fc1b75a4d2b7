"""Ratings that are due for review, and regions that were never rated."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.people.models import User

from ..reviews import due_regions, reviews_of

PER_PAGE = 25


@require_safe
@needs("security.view")
def listing(request: HttpRequest) -> HttpResponse:
    """What is due or overdue in the regions that the reader may see, the longest overdue first."""
    user = cast(User, request.user)
    search = request.GET.get("cari", "").strip()[:100]
    page = Paginator(due_regions(user, search=search), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "reviews": reviews_of(user, page.object_list),
        "today": timezone.localdate(),
        "search": search,
    }
    return render(request, "security/reviews.html", context)
