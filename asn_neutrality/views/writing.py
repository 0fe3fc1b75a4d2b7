"""Writing an entry into the file of a case: notes, statements, hearings, studies and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..forms.entries import FORMS
from ..models import EntryKind
from ..sealing.primitives import CanNotOpen
from ..unlocking import opened_of
from .case import visible

if TYPE_CHECKING:
    from ..entries import OpenCase
    from ..forms.entries import EntryForm
    from ..models import Case

#: Kinds whose next version begins with what the last one says.
CONTINUED = (EntryKind.ACCUSED, EntryKind.STUDY, EntryKind.RECOMMENDATION)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def write(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one kind of entry. What was typed stays when the key has locked itself since."""
    user = cast(User, request.user)
    case = visible(request, pk)
    require(user, "asn_neutrality.work", case)
    if kind not in FORMS:
        raise Http404
    opened = opened_of(request, case)
    if request.method == "POST":
        form = FORMS[kind](request.POST, request.FILES, case=case)
        if form.is_valid() and (answer := _write(request, user, opened, kind, form)):
            return answer
        return _page(request, case, kind, form, locked=opened is None, status=422)
    if opened is None:
        messages.info(request, _("Buka dahulu berkas perkara ini, dengan alasannya."))
        return redirect("asn_neutrality:detail", pk=pk)
    form = FORMS[kind](case=case, initial=_initial(request, opened, kind))
    return _page(request, case, kind, form)


def _write(
    request: HttpRequest, user: User, opened: OpenCase | None, kind: str, form: EntryForm
) -> HttpResponse | None:
    """Stores the entry and leads back; None when it was refused, with the reason in the form."""
    if opened is None:
        form.add_error(
            None,
            _(
                "Belum tersimpan: kunci Anda terkunci atau berkas sudah ditutup. Buka perkara ini "
                "di tab lain, lalu simpan lagi di sini. Isian Anda tetap ada."
            ),
        )
        return None
    data = form.cleaned_data
    try:
        actions.write(
            by=user,
            opened=opened,
            kind=kind,
            content=form.content,
            token=data["token"],
            files=data["files"],
        )
    except ValidationError as error:
        refused(form, error)
        return None
    if not may(user, "asn_neutrality.view", opened.case):
        messages.warning(
            request,
            _(
                "Tersimpan. Anda bertugas di unit pihak yang dilaporkan, sehingga Anda keluar dari "
                "perkara itu."
            ),
        )
        return redirect("asn_neutrality:register")
    messages.success(request, _("Tersimpan dan tersegel."))
    return redirect("asn_neutrality:detail", pk=opened.case.pk)


def _initial(request: HttpRequest, opened: OpenCase, kind: str) -> dict[str, Any]:
    if kind == EntryKind.CORRECTION:
        return {"of": request.GET.get("isi", "")}
    if kind not in CONTINUED:
        return {}
    try:
        return opened.latest(kind)
    except CanNotOpen:  # changed in the database: the next version begins empty
        return {}


def _page(
    request: HttpRequest,
    case: Case,
    kind: str,
    form: EntryForm,
    *,
    locked: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"case": case, "kind": EntryKind(kind), "form": form, "locked": locked}
    return render(request, "asn_neutrality/documents/write.html", context, status=status)
