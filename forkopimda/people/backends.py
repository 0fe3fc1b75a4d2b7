"""Sign-in by user name or mail address and password; rights come from the rules alone."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend


class Backend(AuthenticationBackend):
    """allauth's backend without Django's permission tables, which nothing here reads."""

    def get_user_permissions(self, *_args: object, **_kwargs: object) -> set[str]:
        """None: rules.py decides."""
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions
