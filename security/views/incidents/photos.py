"""Photos of incidents, shown to whoever may open the incident."""

from __future__ import annotations

import logging
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs, wants_json
from forkopimda.lib.photos import small
from forkopimda.people.models import User

from ... import actions
from ...forms.incidents import PhotosForm
from ...models import Incident, IncidentPhoto
from .detail import show
from .report import json_doors

logger = logging.getLogger(__name__)


@require_safe
@needs("security.view_incidents")
def photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """One photo; `?kecil` gives a small version. Drawn anew when it came in, it is safe to show."""
    user = cast(User, request.user)
    found = get_object_or_404(IncidentPhoto.objects.visible_to(user), pk=photo, incident=pk)
    little = "kecil" in request.GET
    etag = quote_etag(f"{found.sha256}-{'s' if little else 'l'}")
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            with found.file.open("rb") as stream:
                content = small(stream) if little else stream.read()
        except FileNotFoundError:
            logger.exception("a stored photo is missing: %s", found.file.name)
            raise Http404 from None
        answer = HttpResponse(content, content_type="image/jpeg")
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Disposition"] = "inline"
    answer["ETag"] = etag
    # Kept by the reader's own browser, which asks each time whether they may still see it.
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_POST
@json_doors
@needs("security.add_photo")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever reported or works the incident adds photos."""
    user = cast(User, request.user)
    incident = get_object_or_404(Incident.objects.visible_to(user), pk=pk)
    require(user, "security.add_photo", incident)
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            stored = actions.add_photos(by=user, incident=incident, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            return _added(request, incident, len(stored))
    if wants_json(request):
        errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    return show(request, user, incident, status=422, photos_form=form)


def _added(request: HttpRequest, incident: Incident, count: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"added": count}, status=201 if count else 200)
    words = ngettext("%(count)s foto ditambahkan.", "%(count)s foto ditambahkan.", count)
    messages.success(request, words % {"count": count})
    return redirect("incidents:detail", pk=incident.pk)
