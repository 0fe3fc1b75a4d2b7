"""The secretariat keeps units, and notes how many of each have signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import Region, under

from ... import actions
from ...forms.pledges import PledgeForm, UnitForm
from ...rules.pledges import KEEPERS
from ...unit_checks import HOMES
from .browse import visible_unit

if TYPE_CHECKING:
    from forkopimda.regions.models import RegionQuerySet


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_pledges")
def add_unit(request: HttpRequest) -> HttpResponse:
    """A new unit of the region or of one of its parts."""
    user, region = cast(User, request.user), asked_region(request)
    form = UnitForm(
        request.POST if request.method == "POST" else None, homes=kept_homes(user, region)
    )
    if form.is_valid():
        try:
            row = actions.save_unit(by=user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Unit %(name)s dicatat.") % {"name": row.name})
            return redirect("asn_pledges:unit", pk=row.pk)
    context = {"form": form, "title": _("Unit baru")}
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/pledges/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_pledges")
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Code, name, staff and address of a unit, and whether it still exists."""
    user, row = cast(User, request.user), visible_unit(request, pk)
    require(user, "asn_neutrality.keep_pledges", row.region)
    form = UnitForm(request.POST if request.method == "POST" else None, unit=row)
    if form.is_valid():
        try:
            actions.save_unit(by=user, unit=row, **form.changes)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Perubahan unit disimpan."))
            return redirect("asn_pledges:unit", pk=pk)
    context = {"form": form, "title": _("Ubah unit"), "unit": row}
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/pledges/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_pledges")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A count of a unit: on which day, how many of how many, with the sheet that shows it."""
    user, row = cast(User, request.user), visible_unit(request, pk)
    require(user, "asn_neutrality.keep_pledges", row.region)
    if request.method == "POST":
        form = PledgeForm(request.POST, request.FILES)
    else:
        form = PledgeForm(initial={"counted_on": timezone.localdate(), "staff": row.staff or None})
    if form.is_valid():
        try:
            pledge = actions.note_pledge(by=user, unit=row, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            words = _("Dicatat: %(signed)d dari %(staff)d ASN sudah menandatangani.")
            numbers = {"signed": pledge.signed, "staff": pledge.staff}
            messages.success(request, words % numbers)
            return redirect("asn_pledges:unit", pk=pk)
    context = {
        "form": form,
        "title": _("Catat hitungan ikrar"),
        "unit": row,
        "lost_file": form.is_bound and "evidence" in request.FILES,
    }
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/pledges/form.html", context, status=status)


def kept_homes(user: User, region: Region | None) -> RegionQuerySet:
    """The region and its parts that have units, of those where the reader keeps them."""
    code = region.pk if region else ""
    near = Region.objects.filter(pk=code) | Region.objects.children_of(code)
    homes = near.filter(level__in=HOMES).filter(under("code", user.access.scopes(*KEEPERS)))
    if not homes.exists():
        raise PermissionDenied
    return homes
