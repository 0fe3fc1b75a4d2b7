"""What allauth asks of this product."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.utils.translation import gettext as _

from . import actions

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; passwords are set by the action."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a mail about an account; a mail server that is away is said, not crashed on."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("account mail not sent")
            messages.error(
                self.request,
                _("Surat belum dapat dikirim. Coba lagi beberapa saat lagi."),
            )

    def set_password(self, user: User, password: str) -> None:
        """Stores a password that its holder chose, with an audit record."""
        actions.set_password(by=user, user=user, password=password)
