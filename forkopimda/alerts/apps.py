"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    """Alerts and their deliveries."""

    name = "forkopimda.alerts"
    label = "alerts"
    verbose_name = _("Peringatan")

    def ready(self) -> None:
        """Registers the app's audit sentences."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
