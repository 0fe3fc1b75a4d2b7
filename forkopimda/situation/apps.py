"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SituationConfig(AppConfig):
    """What is composed of all apps."""

    name = "forkopimda.situation"
    label = "situation"
    verbose_name = _("Situasi")
