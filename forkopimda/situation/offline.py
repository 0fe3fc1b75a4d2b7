"""The service worker: what a police officer's phone may show without a network."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's program, served at the root so that its scope is the whole product.

    Its version is the hash of the static files' manifest: a deploy that changes a file changes
    the worker, and with it what phones keep. Without hashed names (DEBUG) the version is empty
    and the worker asks the network first for every file.
    """
    facts = {
        "version": getattr(staticfiles_storage, "manifest_hash", ""),
        "form": reverse("incidents:report"),
        "files": urlsplit(settings.STATIC_URL).path,
        "apart": settings.APART_PATHS,
        "offline": render_to_string("offline/page.html", request=request),
    }
    program = render_to_string("offline/worker.js", {"settings": json.dumps(facts)})
    return HttpResponse(program, content_type="text/javascript; charset=utf-8")
