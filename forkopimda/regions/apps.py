"""Django's handle on this app."""

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import pgettext_lazy

from .converters import RegionCodeConverter


class RegionsConfig(AppConfig):
    """Provinces, regencies, kecamatan and villages."""

    name = "forkopimda.regions"
    label = "regions"
    verbose_name = pgettext_lazy("jamak", "Wilayah")

    def ready(self) -> None:
        """Registers the app's audit sentences and the form of region codes in addresses."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded

        register_converter(RegionCodeConverter, "region")
