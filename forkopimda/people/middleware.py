"""The reader's language and time zone, for the length of one request."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


class LocalityMiddleware:
    """Indonesian unless the reader chose otherwise: their account's choice, then a cookie.

    The browser's language is not asked: phones are often set to English by whoever sold them.
    Times are shown in the zone of the reader's region.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers in the reader's language and zone."""
        user = request.user if request.user.is_authenticated else None
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if user is not None:
            language = user.language
        if language not in LANGUAGES:
            language = settings.LANGUAGE_CODE
        zone = (user.access.time_zone if user else None) or settings.TIME_ZONE
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
