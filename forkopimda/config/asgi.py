"""The web server's entrance (uvicorn): pages and the live stream."""

import os

from django.core.asgi import get_asgi_application

from .bounds import BoundedBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forkopimda.config.settings")

application = BoundedBodies(get_asgi_application())
