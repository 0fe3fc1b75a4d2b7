"""What allauth asks of this product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

from . import actions

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; passwords are set by the action."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Stores a password that its holder chose, with an audit record."""
        actions.set_password(by=user, user=user, password=password)
