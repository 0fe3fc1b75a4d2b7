"""The roof: settings, addresses, the Celery application. Imports everyone, imported by none."""

from .celery import app as celery_app

__all__ = ["celery_app"]
