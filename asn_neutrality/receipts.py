"""The tracking code on its way to the reporter: shown for a quarter of an hour, then never.

It lies in Redis sealed under the form's own token, which only the reporter's browser has: the same
form sent again shows the same code.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from .sealing import vault
from .sealing.codes import shown
from .sealing.vault import Vault

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from .actions.intake import Received

logger = logging.getLogger(__name__)

KIND = "receipt"
SECONDS = 15 * 60
PATH = "/lapor/"


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes away."""

    number: str
    code: str
    #: Whether an examiner hands it to the reporter.
    at_desk: bool = False

    @property
    def shown_code(self) -> str:
        """The code in groups of four."""
        return shown(self.code)


def keep(received: Received, token: str, *, at_desk: bool = False) -> Receipt | None:
    """Keeps the receipt for whoever has the form's token. The receipt itself where that failed
    because Redis is away: it must be shown at once, or nobody will ever see the code."""
    notes = {"number": received.report.number, "desk": at_desk}
    held = Vault(KIND, received.report.pk, received.code.encode(), notes, token)
    try:
        held.keep(SECONDS)
    except RedisError as error:
        logger.warning("a receipt is shown at once, Redis is away: %s", error)
        return Receipt(received.report.number, received.code, at_desk)
    return None


def give(response: HttpResponseBase, token: str) -> None:
    """Lets the browser ask for the receipt of the form with that token."""
    vault.give(response, Vault(KIND, 0, b"", token=token), path=PATH)


def of_request(request: HttpRequest) -> Receipt | None:
    """The receipt whose token the browser sent, while it is kept. Its time is not renewed."""
    held = _held(request)
    if held is None:
        return None
    return Receipt(held.notes["number"], held.secret.decode(), held.notes["desk"])


def forget(request: HttpRequest) -> None:
    """Throws the receipt away at once."""
    if held := _held(request):
        held.forget()


def _held(request: HttpRequest) -> Vault | None:
    return vault.find(KIND, request.COOKIES.get(vault.cookie_name(KIND), ""))
