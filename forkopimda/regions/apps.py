"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    """Provinces, regencies, kecamatan and villages."""

    name = "forkopimda.regions"
    label = "regions"
    verbose_name = _("Wilayah")

    def ready(self) -> None:
        """Registers the app's audit sentences."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
