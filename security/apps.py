"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecurityConfig(AppConfig):
    """Vulnerability levels."""

    name = "security"
    verbose_name = _("Keamanan")

    def ready(self) -> None:
        """Registers the app's audit sentences."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
