"""To be built."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def _soon(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


key = _soon
make = _soon
unlock = _soon
lock = _soon
passphrase = _soon
lost = _soon
home_unit = _soon
recovery = _soon
make_recovery = _soon
shares = _soon
prove_recovery = _soon
recover = _soon
