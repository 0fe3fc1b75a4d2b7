"""Django's handle on this app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SecurityConfig(AppConfig):
    """Vulnerability levels."""

    name = "security"
    verbose_name = _("Keamanan")

    def ready(self) -> None:
        """Registers the app's audit sentences, and that shipped frames follow the tables."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
        from .shipping import ship_frames

        post_migrate.connect(ship_frames, sender=self, dispatch_uid="security.ship_frames")
