"""To be built."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def _soon(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


unit_list = _soon
import_file = _soon
export = _soon
remind = _soon
add_unit = _soon
unit = _soon
edit_unit = _soon
note = _soon
evidence = _soon
