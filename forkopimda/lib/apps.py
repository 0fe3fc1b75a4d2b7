"""Django's handle on this package."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """Tools that every app uses; it has no tables."""

    name = "forkopimda.lib"
    label = "lib"
