"""Pages for what went wrong: what happened, and what to do now."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from forkopimda.lib.http import wants_json


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read, or its words are more than any form takes."""
    too_large = isinstance(exception, RequestDataTooBig)
    context = {"too_large": too_large}
    return render(request, "errors/400.html", context, status=413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reader lacks the right."""
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing for this reader: the same answer for both."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Rendered without the database, which may be what failed."""
    return HttpResponse(PLAIN_500, status=500, content_type="text/html; charset=utf-8")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Asked too often; allauth's limits on signing in and on new passwords end here."""
    return render(request, "errors/429.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection had expired; the browser's back button brings the text back. A script
    is told so in JSON, and may ask for a fresh token."""
    if wants_json(request):
        return JsonResponse({"error": "csrf"}, status=403)
    return render(request, "errors/csrf.html", status=403)


PLAIN_500 = """<!doctype html><html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Terjadi kesalahan · Forkopimda</title></head><body><main>
<h1>Terjadi kesalahan di sistem</h1>
<p>Ini bukan kesalahan Anda. Tekan tombol kembali, lalu coba lagi beberapa saat kemudian.</p>
<p lang="en">Something failed on our side. Go back and try again in a moment.</p>
<p><a href="/">Dasbor</a></p></main></body></html>
"""
