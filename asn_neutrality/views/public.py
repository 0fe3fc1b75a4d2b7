"""To be built."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def _soon(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


report = _soon
sent = _soon
leave = _soon
status = _soon
message = _soon
receipt = _soon
close = _soon
