"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Institutions, officials, users and their roles."""

    name = "forkopimda.people"
    label = "people"
    verbose_name = _("Lembaga dan pengguna")

    def ready(self) -> None:
        """Registers the app's audit sentences."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
