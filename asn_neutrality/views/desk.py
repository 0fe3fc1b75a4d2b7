"""To be built."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def _soon(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


register = _soon
open_case = _soon
export = _soon
openings = _soon
detail = _soon
enter = _soon
leave = _soon
identity = _soon
evidence = _soon
message = _soon
write = _soon
members = _soon
add_member = _soon
remove_member = _soon
