"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    """Elections and their voting days."""

    name = "forkopimda.elections"
    label = "elections"
    verbose_name = _("Pemilihan")

    def ready(self) -> None:
        """Registers the app's audit sentences."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
