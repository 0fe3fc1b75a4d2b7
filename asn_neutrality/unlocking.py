"""The examiner's unlocked key and the cases opened with it, for the length of one visit."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from forkopimda.lib.authority import may
from forkopimda.people.models import User

from .actions import note_opening, seal_old_case
from .actions.keys import own_key, unlock
from .conflicts import in_conflict
from .entries import OpenCase, open_case
from .models import READERS, Case, Opened
from .sealing import vault
from .sealing.primitives import CanNotOpen
from .sealing.vault import Vault

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)

EXAMINER = "examiner"
#: Shares of a recovery key that were not handed over yet.
CEREMONY = "ceremony"


@dataclass(frozen=True)
class KeyState:
    """Whether the reader has a key, and for how many seconds it stays open without use."""

    has_key: bool
    seconds: int

    @property
    def is_open(self) -> bool:
        """Whether cases can be read with it."""
        return self.seconds > 0

    @property
    def minutes(self) -> int:
        """The same in minutes, one at least."""
        return max(1, round(self.seconds / 60))

    @property
    def word(self) -> str:
        """Its state as one word: open, locked, none."""
        if self.is_open:
            return "open"
        return "locked" if self.has_key else "none"


def vault_of(request: HttpRequest) -> Vault | None:
    """The signed-in user's unlocked key, its time renewed; None where it is locked.

    It is locked to whoever may hold no key any more, whatever their browser still sends.
    """
    user = request.user
    if not isinstance(user, User) or not may(user, "asn_neutrality.hold_key"):
        return None
    return vault.of_request(request, EXAMINER, owner=user.pk)


def unlocked_with(user: User, passphrase: str) -> Vault:
    """The user's key, unlocked; ValidationError where the passphrase is wrong, RedisError where it
    can't be kept unlocked."""
    held = Vault(EXAMINER, user.pk, unlock(user, passphrase))
    held.keep()
    return held


def forget_on_sign_out(request: HttpRequest, **_signal: object) -> None:
    """Locks what the browser has unlocked, when its session ends."""
    for kind in (EXAMINER, CEREMONY):
        forget(request, kind)


def forget(request: HttpRequest, kind: str = EXAMINER) -> None:
    """Locks what this browser has unlocked. Where Redis is away, it ends there by itself."""
    held = vault.find(kind, request.COOKIES.get(vault.cookie_name(kind), ""))
    if held is None:
        return
    try:
        held.forget()
    except RedisError as error:
        logger.warning("an unlocked key ends by its own time, Redis is away: %s", error)


def key_state(request: HttpRequest) -> KeyState | None:
    """The state of the reader's key, whose time is not renewed by asking; None for who may
    hold none."""
    user = request.user
    if not isinstance(user, User) or not may(user, "asn_neutrality.hold_key"):
        return None
    held = vault.find(EXAMINER, request.COOKIES.get(vault.cookie_name(EXAMINER), ""))
    if held is not None and held.owner == user.pk and (left := held.seconds_left()):
        return KeyState(has_key=True, seconds=left)
    return KeyState(has_key=own_key(user) is not None, seconds=0)


def opened_of(request: HttpRequest, case: Case) -> OpenCase | None:
    """The case, where the user has unlocked their key and said why they open it; else None."""
    held = vault_of(request)
    if held is None or str(case.pk) not in held.notes.get("cases", {}):
        return None
    user = cast(User, request.user)
    if not user.access.covers(case.region_id, *READERS):
        return None
    try:
        opened = open_case(case, user, held.secret)
        return None if in_conflict(user, opened) else opened
    except CanNotOpen:
        return None


def enter(held: Vault, user: User, case: Case, *, purpose: str, explanation: str = "") -> OpenCase:
    """Opens a case for this visit, and notes it with its reason. One from before there were keys
    gets its key now.

    ValidationError where the case is not sealed to the user's key, or where the user serves in
    the unit of whoever is reported.
    """
    if not case.is_sealed and may(user, "asn_neutrality.work", case):
        seal_old_case(by=user, case=case)
    try:
        opened = open_case(case, user, held.secret)
    except CanNotOpen:
        raise ValidationError(
            _(
                "Perkara ini tidak tersegel untuk kunci Anda yang sekarang. Minta anggota lain "
                "membagikannya lagi, atau pulihkan dengan kunci pemulihan."
            )
        ) from None
    try:
        conflict = in_conflict(user, opened)
    except CanNotOpen:
        raise ValidationError(
            _(
                "Data pihak yang dilaporkan pada perkara ini berubah sejak disegel, sehingga "
                "konflik kepentingan tidak dapat diperiksa dan perkara tidak dibuka. Beri tahu "
                "auditor."
            )
        ) from None
    if conflict:
        raise ValidationError(
            _("Anda bertugas di unit pihak yang dilaporkan. Perkara ini tertutup bagi Anda.")
        )
    note_opening(by=user, case=case, what=Opened.CASE, purpose=purpose, explanation=explanation)
    held.notes.setdefault("cases", {})[str(case.pk)] = purpose
    held.keep(changed=True)
    return opened
