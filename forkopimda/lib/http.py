"""Small pieces that views share: who may come in, and where to go next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from .authority import may

if TYPE_CHECKING:
    from typing import Concatenate, ParamSpec

    P = ParamSpec("P")
    View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def needs(permission: str) -> Callable[[View[P]], View[P]]:
    """Lets in who may do `permission` at all; the rest sign in, or are told that they may not.

    What it says of single objects is asked by the view, whose queries start at `visible_to`.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]  # read by the house tests
        return guarded

    return decorate


def safe_next(request: HttpRequest, fallback: str, **kwargs: Any) -> str:
    """The page that the form was on, when it is one of ours, else `fallback`."""
    target = request.POST.get("next", "")
    # A text without a slash in front could be the name of an address, and is none of a page.
    if target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return str(resolve_url(fallback, **kwargs))


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, not a person's browser: it takes JSON and no page."""
    return request.accepts("application/json") and not request.accepts("text/html")
