"""Django's handle on this app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AsnNeutralityConfig(AppConfig):
    """Cases on the neutrality of civil servants."""

    name = "asn_neutrality"
    verbose_name = _("Netralitas ASN")

    def ready(self) -> None:
        """Registers the app's audit sentences, that the catalogue follows the tables, and that
        unlocked keys end with their session."""
        from . import audit_words  # noqa: F401  # sentences are registered once apps are loaded
        from .shipping import ship
        from .unlocking import forget_on_sign_out

        user_logged_out.connect(forget_on_sign_out, dispatch_uid="asn_neutrality.forget")
        post_migrate.connect(ship, sender=self, dispatch_uid="asn_neutrality.ship")
