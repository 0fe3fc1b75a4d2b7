"""Hands messages to the mail server: many over one connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one row. `error` is empty when the server took it; a `final` error is not
    worth another attempt."""

    item: Any
    error: str = ""
    final: bool = False


class Mailer:
    """One connection to the mail server, for as many messages as it lasts.

    Once the server can't be reached or hangs up, `broken` says why and nothing more is tried.
    """

    def __init__(self) -> None:
        self.connection: Any = get_connection()
        self.broken = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def send(self, item: Any, compose: Callable[[Any, BaseEmailBackend], EmailMessage]) -> Outcome:
        """Sends what `compose(item, connection)` makes and says what became of it. What can't be
        composed now concerns this row alone, and is tried again like what can't be sent."""
        if self.broken:
            return Outcome(item, error=self.broken)
        try:
            message = compose(item, self.connection)
        except Exception as error:
            logger.exception("could not compose the mail of %r", item)
            return Outcome(item, error=f"{type(error).__name__}: {error}")
        try:
            self.connection.open()
            message.send()
        except SMTPRecipientsRefused as error:
            return _refused(item, error)
        except (SMTPException, OSError) as error:
            words = f"{type(error).__name__}: {error}"
            if not self._still_open():
                self.broken = words
            return Outcome(item, error=words)
        return Outcome(item)

    def _still_open(self) -> bool:
        smtp = self.connection.connection
        return smtp is not None and smtp.sock is not None


def _refused(item: Any, error: SMTPRecipientsRefused) -> Outcome:
    code, text = next(iter(error.recipients.values()))
    return Outcome(item, error=f"{code} {text.decode(errors='replace')}", final=code >= 500)
