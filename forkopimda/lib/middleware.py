"""Turns away what no page could answer."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class RefuseNullMiddleware:
    """Refuses addresses with a null character, which PostgreSQL can't look for. Forms check their
    own fields."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers 400, or passes the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Looks at the decoded address, once it is clear that there is a page for it."""
        if "\x00" in request.path or any(
            "\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])
        ):
            raise BadRequest("null character in the address")
