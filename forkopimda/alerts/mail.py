"""The mail that carries an alert."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .models import Delivery


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
