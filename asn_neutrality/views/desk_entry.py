"""An examiner writes down a report that came on paper, by telephone or in person."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import Role, User
from forkopimda.regions.models import under

from .. import actions, receipts
from ..actions.intake import AlreadyReceived
from ..channel import open_regions
from ..forms.evidence import attachments
from ..forms.intake import DeskEntryForm
from ..models import PersonalKey, Source
from .public import AGAIN, chosen


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("asn_neutrality.register")
def open_case(request: HttpRequest) -> HttpResponse:
    """The same form as the public one, for examiners who have a key, in one of their regions."""
    user = cast(User, request.user)
    if not PersonalKey.objects.visible_to(user).filter(retired_at=None).exists():
        return render(request, "asn_neutrality/open_without_key.html")
    regions = list(open_regions().filter(under("code", user.access.scopes(Role.ASN_EXAMINER))))
    region = chosen(regions, request.GET.get("wilayah", ""))
    if region is None:
        return render(request, "asn_neutrality/open_region.html", {"regions": regions})
    if request.method != "POST":
        return _page(request, DeskEntryForm(region=region))
    form = DeskEntryForm(request.POST, request.FILES, region=region)
    return _receive(request, user, form) if form.is_valid() else _page(request, form, status=422)


def _receive(request: HttpRequest, user: User, form: DeskEntryForm) -> HttpResponse:
    try:
        files = attachments(form.cleaned_data["files"])
    except ValidationError as error:
        form.add_error("files", error)
        return _page(request, form, status=422)
    again = ""
    try:
        received = actions.receive_report(
            by=user,
            region=form.region,
            incoming=form.incoming(files),
            source=Source.DESK,
            received_on=form.cleaned_data["received_on"],
        )
    except AlreadyReceived:
        again = f"?{AGAIN}"
    except ValidationError as error:
        refused(form, error)
        return _page(request, form, status=422)
    else:
        if receipt := receipts.keep(received, form.token, at_desk=True):
            return render(request, "lapor/sent.html", {"receipt": receipt})
    answer = redirect(f"{reverse('lapor:sent')}{again}")
    receipts.give(answer, form.token)
    return answer


def _page(request: HttpRequest, form: DeskEntryForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "region": form.region,
        "lost_files": form.is_bound and bool(request.FILES),
    }
    return render(request, "asn_neutrality/open.html", context, status=status)
