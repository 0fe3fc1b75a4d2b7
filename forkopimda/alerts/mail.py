"""Hands deliveries to the mail server: many over one connection."""

from __future__ import annotations

from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .models import Delivery


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery. `error` is empty when the server took it; a `final` error is
    not worth another attempt."""

    delivery: Delivery
    error: str = ""
    final: bool = False


class Mailer:
    """One connection to the mail server, for as many deliveries as it lasts.

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

    def send(self, delivery: Delivery) -> Outcome:
        """Sends one delivery and says what became of it."""
        if self.broken:
            return Outcome(delivery, error=self.broken)
        try:
            self.connection.open()
            compose(delivery, self.connection).send()
        except SMTPRecipientsRefused as error:
            return _refused(delivery, error)
        except (SMTPException, OSError) as error:
            words = f"{type(error).__name__}: {error}"
            if not self._still_open():
                self.broken = words
            return Outcome(delivery, error=words)
        return Outcome(delivery)

    def _still_open(self) -> bool:
        smtp = self.connection.connection
        return smtp is not None and smtp.sock is not None


def compose(delivery: Delivery, connection: BaseEmailBackend) -> EmailMessage:
    """The mail of one delivery, in its recipient's language and its region's time zone."""
    alert, recipient = delivery.alert, delivery.recipient
    with (
        translation.override(recipient.language),
        timezone.override(alert.region.time_zone),
    ):
        body = render_to_string(
            "alerts/mail.txt",
            {
                "alert": alert,
                "recipient": recipient,
                "link": f"{settings.BASE_URL}{alert.link}" if alert.link else "",
                "inbox": f"{settings.BASE_URL}/peringatan/",
            },
        )
        subject = alert.headline
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[delivery.address],
        connection=connection,
        headers={
            # The same for every attempt, so that a mail program shows a repeated one once.
            "Message-ID": f"<delivery-{delivery.pk}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "X-Alert-Severity": alert.severity,
        },
    )


def _refused(delivery: Delivery, error: SMTPRecipientsRefused) -> Outcome:
    code, text = next(iter(error.recipients.values()))
    words = text.decode(errors="replace")
    return Outcome(delivery, error=f"{code} {words}", final=code >= 500)
