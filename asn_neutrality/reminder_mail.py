"""The mail to a unit that is behind with its pledges."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from .models import PledgeReminder

#: Units write and read Indonesian; no person's choice of language is known.
LANGUAGE = "id"


def compose(reminder: PledgeReminder, connection: BaseEmailBackend) -> EmailMessage:
    """The mail of one reminder. It names the unit and its figures, and nobody."""
    region = reminder.unit.region
    with translation.override(LANGUAGE), timezone.override(region.time_zone):
        subject = _("Ikrar netralitas ASN: %(unit)s") % {"unit": reminder.unit.name}
        context = {
            "reminder": reminder,
            "unit": reminder.unit,
            "region": region,
            "missing": reminder.staff - reminder.signed,
        }
        body = render_to_string("asn_neutrality/pledges/mail.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[reminder.address],
        connection=connection,
        headers={
            # The same for every attempt, so that a mail program shows a repeated one once.
            "Message-ID": f"<pledge-{reminder.pk}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
