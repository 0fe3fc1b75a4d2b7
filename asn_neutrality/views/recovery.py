"""The recovery key of a region: the ceremony that makes it, and its use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.lib.limits import spend
from forkopimda.people.models import User

from .. import actions
from ..forms.recovery import CeremonyForm, RecoverForm, SharesForm
from ..holders import lacking_recovery
from ..models import RecoveryKey
from ..sealing import vault
from ..sealing.shares import WORDS, BadShare, WrongNumber
from ..unlocking import CEREMONY, forget, vault_of
from .sharing import tell_shared

if TYPE_CHECKING:
    from django import forms

    from ..models.keys import RecoveryKeyQuerySet

PER_PAGE = 20
#: Seconds without a step after which the shares that were not handed over are lost: writing 33
#: words down by hand takes its time.
CEREMONY_IDLE = 30 * 60
#: Tries at a set of shares, of one signed-in user.
TRIES = "20 per hour"


@dataclass(frozen=True)
class Row:
    """A recovery key, and how many cases it should open and does not."""

    key: RecoveryKey
    lacking: int


@require_safe
@never_cache
@needs("asn_neutrality.view_recovery")
def recovery(request: HttpRequest) -> HttpResponse:
    """The recovery keys of the reader's regions: who holds their shares, since when."""
    user = cast(User, request.user)
    keys = RecoveryKey.objects.visible_to(user).select_related("region")
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        Row(key, lacking_recovery(key).count() if key.is_in_use else 0) for key in page.object_list
    ]
    context = {
        "page": page,
        "rows": rows,
        "keeps": may(user, "asn_neutrality.keep_recovery"),
        "is_open": vault_of(request) is not None,
    }
    return render(request, "asn_neutrality/keys/recovery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_recovery")
def make_recovery(request: HttpRequest) -> HttpResponse:
    """Asks who shall hold shares, splits a new key, and hands over the first share."""
    user = cast(User, request.user)
    form = CeremonyForm(user, request.POST or None)
    if form.is_valid():
        try:
            ceremony = actions.make_recovery(by=user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            notes = {"key": ceremony.key.pk, "shares": ceremony.shares}
            held = vault.Vault(CEREMONY, user.pk, b"", notes)
            held.keep(CEREMONY_IDLE)
            forget(request, CEREMONY)
            response = redirect("asn_keys:shares")
            vault.give(response, held, path=_place())
            return response
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/keys/make_recovery.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_recovery")
def shares(request: HttpRequest) -> HttpResponse:
    """One share at a time, for its holder alone. What was handed over is forgotten."""
    user = cast(User, request.user)
    held = vault.find(CEREMONY, request.COOKIES.get(vault.cookie_name(CEREMONY), ""))
    if held is None or held.owner != user.pk:
        return _ceremony_over(request)
    held.renew(CEREMONY_IDLE)
    key = RecoveryKey.objects.visible_to(user).filter(pk=held.notes["key"]).first()
    if key is None or key.retired_at is not None:
        held.forget()
        return _ceremony_over(request)
    number = len(key.holders) - len(held.notes["shares"]) + 1
    if request.method == "POST":
        return _handed_over(request, held, number)
    context = {
        "key": key,
        "number": number,
        "office": key.holders[number - 1],
        "following": key.holders[number] if number < len(key.holders) else "",
        "words": held.notes["shares"][0].split(),
    }
    return render(request, "asn_neutrality/keys/share.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_recovery")
def prove_recovery(request: HttpRequest) -> HttpResponse:
    """Tries out a new recovery key with its shares, and puts it in use."""
    user = cast(User, request.user)
    waiting = (
        RecoveryKey.objects.kept_by(user)
        .select_related("region")
        .filter(proven_at=None, retired_at=None)
    )
    key = _chosen(request, waiting)
    if key is None:
        return _nothing(request, _("Tidak ada kunci pemulihan yang menunggu diuji."))
    form = SharesForm(key.threshold, request.POST or None)
    if form.is_valid() and _may_try(form, user):
        try:
            proven = actions.prove_recovery(by=user, shares=form.shares())
        except (BadShare, WrongNumber) as error:
            form.wrong(error)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Kunci pemulihan teruji dan mulai dipakai."))
            _share_now(request, user)
            return redirect(f"{reverse('asn_keys:recovery')}#kunci-{proven.pk}")
    context = {"form": form, "key": key, "words": WORDS}
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/keys/prove_recovery.html", context, status=status)


@require_POST
@never_cache
@needs("asn_neutrality.keep_recovery")
def share_recovery(request: HttpRequest) -> HttpResponse:
    """Seals the reader's cases to the recovery key in use."""
    if not _share_now(request, cast(User, request.user)):
        messages.warning(request, _("Buka dahulu kunci Anda, lalu bagikan perkara."))
    return redirect("asn_keys:recovery")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_recovery")
def recover(request: HttpRequest) -> HttpResponse:
    """Takes the shares of those who hold them, and seals the region's cases to an examiner's key.

    Shares and private key are gone with this request.
    """
    user = cast(User, request.user)
    proven = (
        RecoveryKey.objects.kept_by(user)
        .select_related("region")
        .exclude(proven_at=None)
        .order_by("retired_at", "-pk")
    )
    key = _chosen(request, proven)
    if key is None:
        return _nothing(request, _("Wilayah Anda belum mempunyai kunci pemulihan yang teruji."))
    form = RecoverForm(key, request.POST or None)
    if form.is_valid() and _may_try(form, user):
        chosen = form.cleaned_data["user"]
        try:
            shared = actions.recover(
                by=user, shares=form.shares(), user=chosen, why=form.cleaned_data["why"]
            )
        except (BadShare, WrongNumber) as error:
            form.wrong(error)
        except ValidationError as error:
            refused(form, error)
        else:
            tell_shared(request, shared, chosen)
            return redirect("asn_keys:recovery")
    context = {"form": form, "key": key, "words": WORDS}
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/keys/recover.html", context, status=status)


def _place() -> str:
    return reverse("asn_keys:recovery")


def _ceremony_over(request: HttpRequest) -> HttpResponse:
    return _nothing(
        request,
        _(
            "Tidak ada bagian yang sedang diserahkan. Bila penyerahan terputus, kunci itu tidak "
            "dipakai: buat kunci pemulihan yang baru."
        ),
    )


def _nothing(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "asn_neutrality/keys/nothing.html", {"why": why})


def _handed_over(request: HttpRequest, held: vault.Vault, number: int) -> HttpResponse:
    """Forgets the share that was handed over; a form sent twice forgets one alone."""
    if request.POST.get("number") == str(number):
        held.notes["shares"].pop(0)
    if held.notes["shares"]:
        held.keep(CEREMONY_IDLE, changed=True)
        return redirect("asn_keys:shares")
    held.forget()
    response = redirect(f"{reverse('asn_keys:prove_recovery')}?kunci={held.notes['key']}")
    vault.take_back(response, CEREMONY, path=_place())
    return response


def _chosen(request: HttpRequest, keys: RecoveryKeyQuerySet) -> RecoveryKey | None:
    """The key that the address names, else the first."""
    asked = request.GET.get("kunci", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 12:
        return cast("RecoveryKey | None", keys.filter(pk=asked).first())
    return cast("RecoveryKey | None", keys.first())


def _may_try(form: forms.Form, user: User) -> bool:
    if spend(f"asn-recovery:{user.pk}", TRIES):
        return True
    form.add_error(None, _("Terlalu banyak percobaan. Coba lagi nanti."))
    return False


def _share_now(request: HttpRequest, user: User) -> bool:
    held = vault_of(request)
    if held is None:
        return False
    count = actions.share_recovery(by=user, private=held.secret)
    messages.success(
        request,
        ngettext(
            "%(count)s perkara Anda dibagikan ke kunci pemulihan.",
            "%(count)s perkara Anda dibagikan ke kunci pemulihan.",
            count,
        )
        % {"count": count},
    )
    return True
