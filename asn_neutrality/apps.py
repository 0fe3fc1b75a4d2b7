"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AsnNeutralityConfig(AppConfig):
    """Cases on the neutrality of civil servants."""

    name = "asn_neutrality"
    verbose_name = _("Netralitas ASN")

    def ready(self) -> None:
        """Registers the app's audit sentences."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
