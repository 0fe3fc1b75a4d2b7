"""Turns away what no page could answer, and lets nobody be known where nobody should be."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
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


class ApartMiddleware:
    """Pages at settings.APART_PATHS know nobody: whoever is signed in is a stranger there.

    The session's cookie is taken from the request before anything reads it, and none is set or
    deleted, so that a signed-in user's session is neither touched nor noted. What these pages
    answer, errors included, is kept by no cache and tells no other site where the reader was.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers as if no one were signed in, where the path asks for it."""
        if not request.path_info.startswith(settings.APART_PATHS):
            return self.get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        response = self.get_response(request)
        response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        response.headers["Cache-Control"] = "private, no-store"
        # With "no-referrer" browsers send forms from an Origin of null, and no form is accepted.
        response.headers["Referrer-Policy"] = "same-origin"
        return response
