"""The admin: this project's own site, with this project's own pages alone."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig

OWN_APPS = ("forkopimda.", "security", "asn_neutrality")


class AdminConfig(SimpleAdminConfig):
    """Registers the admin pages of the product's apps.

    Pages that libraries bring are left out: they would write past the actions' rules, and
    django-leaflet's needs GDAL.
    """

    default_site = "forkopimda.lib.admin.Site"

    def ready(self) -> None:
        """Loads admin.py of each own app that has one."""
        super().ready()
        for app in apps.get_app_configs():
            module = f"{app.name}.admin"
            if app.name.startswith(OWN_APPS) and find_spec(module):
                import_module(module)
