"""The only writers of personal keys, and the reading of a private key with its passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import require
from forkopimda.lib.guard import action
from forkopimda.people.models import User

from ..entries import about_person, open_private
from ..key_alerts import tell_of_new_key
from ..models import HomeUnit, PersonalKey
from ..sealing import primitives
from ..sealing.primitives import CanNotOpen, Cost, new_pair, new_salt, seal, stretch

if TYPE_CHECKING:
    from ..models import CivilUnit

SHORTEST_PASSPHRASE = 16


@action
def make_key(*, by: User, passphrase: str) -> PersonalKey:
    """Makes a pair of keys for `by`, the private one under `passphrase`.

    An earlier pair is retired: what was sealed to it must be shared again or recovered.
    """
    require(by, "asn_neutrality.hold_key")
    check_passphrase(passphrase, by)
    # A form that was sent twice at once makes two keys one after the other, of which one counts.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    earlier = PersonalKey.objects.filter(user=by, retired_at=None)
    if earlier.update(retired_at=timezone.now()):
        tell_of_new_key(by=by)
    private, public = new_pair()
    key = PersonalKey(user=by, public=public)
    _close(key, private, passphrase)
    key.save()
    record(by=by, act="asn_neutrality.make_key", target=key, closed=True)
    return key


@action
def change_passphrase(*, by: User, old: str, new: str) -> PersonalKey:
    """Seals the private key of `by` under a new passphrase; what was shared stays readable."""
    require(by, "asn_neutrality.hold_key")
    key = own_key(by)
    if key is None:
        raise ValidationError(_("Anda belum mempunyai kunci."))
    private = unlock(by, old)
    check_passphrase(new, by)
    _close(key, private, new)
    key.save()
    record(by=by, act="asn_neutrality.change_passphrase", target=key, closed=True)
    return key


@action
def set_home_unit(*, by: User, unit: CivilUnit | None) -> None:
    """Notes in which unit `by` serves, None for no unit of the regional government.

    Cases against people of that unit are closed to them from now on, those that were open to them
    included.
    """
    require(by, "asn_neutrality.hold_key")
    before = HomeUnit.objects.filter(user=by).select_related("unit").first()
    if unit is None:
        HomeUnit.objects.filter(user=by).delete()
    else:
        HomeUnit.objects.update_or_create(user=by, defaults={"unit": unit})
    record(
        by=by,
        act="asn_neutrality.set_home_unit",
        target=by,
        before=before.unit.name if before else "–",
        after=unit.name if unit else "–",
        closed=True,
    )


def own_key(user: User) -> PersonalKey | None:
    """The key that the user has in use."""
    return PersonalKey.objects.filter(user=user, retired_at=None).first()


def unlock(user: User, passphrase: str) -> bytes:
    """The user's private key. ValidationError names the field `passphrase` or `old` wrongly typed
    by the message alone; it takes as long whether right or wrong."""
    key = own_key(user)
    if key is None:
        raise ValidationError(_("Anda belum mempunyai kunci."))
    stretched = stretch(passphrase, key.salt, Cost(key.passes, key.memory))
    try:
        return open_private(key, stretched)
    except CanNotOpen:
        raise ValidationError(_("Frasa sandi salah.")) from None


def check_passphrase(passphrase: str, user: User) -> None:
    """Refuses what can be guessed: too short, one repeated character, or the user's own name."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ValidationError(
            _("Frasa sandi paling sedikit %(count)s karakter. Rangkailah lima kata atau lebih.")
            % {"count": SHORTEST_PASSPHRASE}
        )
    if len(set(passphrase)) < 6 or user.username.lower() in passphrase.lower():
        raise ValidationError(
            _("Frasa sandi terlalu mudah ditebak. Rangkailah lima kata yang tidak berhubungan.")
        )


def _close(key: PersonalKey, private: bytes, passphrase: str) -> None:
    key.salt = new_salt()
    key.passes, key.memory = primitives.COST.passes, primitives.COST.memory
    stretched = stretch(passphrase, key.salt, primitives.COST)
    key.private = seal(stretched, private, about_person(key))
