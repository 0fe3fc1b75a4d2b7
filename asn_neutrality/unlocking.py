"""The examiner's unlocked key and the cases opened with it, for the length of one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.people.models import User

from .actions import note_opening
from .entries import OpenCase, open_case
from .models import Case, HomeUnit, Opened
from .sealing import vault
from .sealing.primitives import CanNotOpen
from .sealing.vault import Vault

if TYPE_CHECKING:
    from django.http import HttpRequest

EXAMINER = "examiner"


def vault_of(request: HttpRequest) -> Vault | None:
    """The signed-in user's unlocked key, its time renewed; None where it is locked."""
    user = cast(User, request.user)
    return vault.of_request(request, EXAMINER, owner=user.pk)


def opened_of(request: HttpRequest, case: Case) -> OpenCase | None:
    """The case, where the user has unlocked their key and said why they open it; else None."""
    held = vault_of(request)
    if held is None or str(case.pk) not in held.notes.get("cases", {}):
        return None
    try:
        return open_case(case, cast(User, request.user), held.secret)
    except CanNotOpen:
        return None


def enter(held: Vault, user: User, case: Case, *, purpose: str, explanation: str = "") -> OpenCase:
    """Opens a case for this visit, and notes it with its reason.

    ValidationError where the case is not sealed to the user's key, or where the user serves in
    the unit of whoever is reported.
    """
    try:
        opened = open_case(case, user, held.secret)
    except CanNotOpen:
        raise ValidationError(
            _(
                "Perkara ini tidak tersegel untuk kunci Anda yang sekarang. Minta anggota lain "
                "membagikannya lagi, atau pulihkan dengan kunci pemulihan."
            )
        ) from None
    if in_conflict(user, opened):
        raise ValidationError(
            _("Anda bertugas di unit pihak yang dilaporkan. Perkara ini tertutup bagi Anda.")
        )
    note_opening(by=user, case=case, what=Opened.CASE, purpose=purpose, explanation=explanation)
    held.notes.setdefault("cases", {})[str(case.pk)] = purpose
    held.keep()
    return opened


def in_conflict(user: User, opened: OpenCase) -> bool:
    """Whether the user serves in the unit of whoever is reported."""
    unit = opened.accused().get("unit_id")
    return unit is not None and HomeUnit.objects.filter(user=user, unit_id=unit).exists()
