"""The only writers of who belongs to a case, and of a case's key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import may, require
from forkopimda.lib.guard import action
from forkopimda.people.models import Role

from ..conflicts import in_conflict
from ..entries import open_case
from ..key_alerts import tell_of_joining
from ..models import READERS, Case, EntryKind, Joining, Leaving, Member, PersonalKey
from ..sealing.primitives import CanNotOpen, new_key
from .intake import keys_for, recovery_key, share_key
from .keys import own_key
from .sealing import end_membership, keys_of_members, renew_key, seal_to_person
from .writing import hold, holders_in, lock, name_of, note, write_entry

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from ..entries import OpenCase

#: What is sealed as the reported person of a case from before there were keys.
NOBODY = {"name": "", "office": "", "unit": "", "unit_id": None, "note": ""}


@dataclass(frozen=True)
class Shared:
    """How many cases were sealed to somebody's new key, and how many were refused because they
    serve in the unit of whoever is reported."""

    sealed: int
    refused: int


@action
def add_member(*, by: User, opened: OpenCase, user: User, why: str) -> Member:
    """Lets `user` read a case: seals its key to theirs. `why` is one of `Joining`.

    ValidationError where they have no role in the region or no key, belong to it already, serve
    in the unit of whoever is reported, or have declared a conflict of interest before.
    """
    case = _held(by, opened)
    why = _chosen(why, Joining)
    if not user.is_active or not user.access.covers(case.region_id, *READERS):
        raise ValidationError(
            _("%(name)s bukan pemeriksa atau auditor di wilayah perkara ini.") % {"name": user}
        )
    if in_conflict(user, opened):
        raise ValidationError(
            _("%(name)s bertugas di unit pihak yang dilaporkan. Perkara ini tertutup baginya.")
            % {"name": user}
        )
    if case.members.filter(user=user, removed_why=Leaving.CONFLICT).exists():
        raise ValidationError(
            _("%(name)s sudah menyatakan berkepentingan dalam perkara ini.") % {"name": user}
        )
    key = own_key(user)
    if key is None:
        raise ValidationError(
            _("%(name)s belum membuat kunci. Mintalah membuatnya dahulu.") % {"name": user}
        )
    if case.members.filter(user=user, removed_at=None).exists():
        raise ValidationError(_("%(name)s sudah menjadi anggota perkara ini.") % {"name": user})
    member = Member(case=case, user=user, added_by=name_of(by))
    member.full_clean()
    member.save()
    seal_to_person(case, opened.key, key)
    note(by, "asn_neutrality.add_member", case, name=user.username, why=why)
    tell_of_joining(by=by, case=case, user=user)
    return member


@action
def remove_member(*, by: User, opened: OpenCase, member: Member, why: str) -> Member:
    """Ends somebody's membership of a case and gives it a new key. `why` is one of `Leaving`."""
    case = _held(by, opened)
    why = _chosen(why, Leaving)
    member = _present(case, member)
    if member.user_id == by.pk:
        raise ValidationError(_("Untuk diri sendiri, gunakan “Mundur dari perkara”."))
    end_membership(by, member, why)
    renew_key(by, opened)
    note(by, "asn_neutrality.remove_member", case, name=member.user.username, why=why)
    return member


@action
def recuse(*, by: User, opened: OpenCase, why: str) -> Member:
    """Leaves a case oneself, and gives it a new key. `why` is one of `Leaving`.

    ValidationError where nobody could open the case afterwards.
    """
    require(by, "asn_neutrality.open", opened.case)
    case = hold(opened)
    why = _chosen(why, Leaving)
    member = case.members.filter(user=by, removed_at=None).first()
    if member is None:
        raise ValidationError(_("Anda bukan anggota perkara ini."))
    end_membership(by, member, why)
    examiners = holders_in(case.region_id, Role.ASN_EXAMINER)
    able = [key for key in keys_of_members(case) if examiners.filter(pk=key.user_id).exists()]
    if not able and recovery_key(case.region) is None:
        raise ValidationError(
            _(
                "Tidak ada pemeriksa lain yang dapat membuka perkara ini. Tambahkan pemeriksa "
                "lain, atau buat kunci pemulihan, sebelum Anda mundur."
            )
        )
    renew_key(by, opened)
    note(by, "asn_neutrality.recuse", case, why=why)
    return member


@action
def rotate_key(*, by: User, opened: OpenCase) -> None:
    """Gives a case a new key. The old one opens nothing of it that is stored from now on."""
    case = _held(by, opened)
    renew_key(by, opened)
    note(by, "asn_neutrality.rotate_key", case)


@action
def share_again(*, by: User, private: bytes, user: User) -> Shared:
    """Seals to the new key of `user` all cases of which both are members and that `by` opens.

    For somebody who lost their passphrase. Whoever calls it has made sure that it is them.
    """
    require(by, "asn_neutrality.work")
    key = own_key(user)
    if key is None or user.pk == by.pk or not user.is_active:
        raise ValidationError(_("Tidak ada yang perlu dibagikan."))
    sealed = refused = 0
    for case in unshared_with(by, user):
        if not may(by, "asn_neutrality.work", case):
            continue
        if not user.access.covers(case.region_id, *READERS):
            continue
        held = lock(case)
        try:
            opened = open_case(held, by, private)
            barred = in_conflict(by, opened) or in_conflict(user, opened)
        except CanNotOpen:
            continue
        if barred:
            refused += 1
            continue
        seal_to_person(held, opened.key, key)
        note(by, "asn_neutrality.share_again", held, name=user.username)
        sealed += 1
    return Shared(sealed, refused)


@action
def seal_old_case(*, by: User, case: Case) -> None:
    """Gives a case from before there were keys its key, sealed to the region's examiners, who
    become its members, and to the recovery key."""
    require(by, "asn_neutrality.work", case)
    held = lock(case)
    if not held.is_sealed:
        keys = keys_for(held.region, None)
        if not any(key.user_id == by.pk for key in keys):
            raise ValidationError(_("Buat kunci Anda dahulu."))
        fresh = new_key()
        share_key(held, fresh, keys, recovery_key(held.region), added_by=name_of(by))
        held.is_sealed = True
        held.save(update_fields=["is_sealed"])
        write_entry(by=by, case=held, key=fresh, kind=EntryKind.ACCUSED, content=NOBODY)
        note(by, "asn_neutrality.seal_old_case", held)
    case.is_sealed = True


def unshared_with(by: User, user: User) -> list[Case]:
    """Cases of both that are not sealed to the key which `user` has now, in one order, so that
    two who share at the same time do not wait for each other."""
    theirs = PersonalKey.objects.filter(user=user, retired_at=None)
    cases = Case.objects.visible_to(by).filter(
        pk__in=Member.objects.filter(user=by, removed_at=None).values("case")
    )
    return list(
        cases.filter(
            pk__in=Member.objects.filter(user=user, removed_at=None).values("case"),
            is_sealed=True,
            erased_at=None,
        )
        .exclude(wraps__personal__in=theirs)
        .order_by("pk")
    )


def _held(by: User, opened: OpenCase) -> Case:
    """The case locked and opened with the key that it has now, by one who may work on it."""
    require(by, "asn_neutrality.work", opened.case)
    case = hold(opened)
    if in_conflict(by, opened):
        raise ValidationError(
            _("Anda bertugas di unit pihak yang dilaporkan. Perkara ini tertutup bagi Anda.")
        )
    return case


def _present(case: Case, member: Member) -> Member:
    found: Member | None = (
        case.members.filter(pk=member.pk, removed_at=None).select_related("user").first()
    )
    if found is None:
        raise ValidationError(_("Orang ini sudah bukan anggota perkara."))
    return found


def _chosen(why: str, reasons: type[Joining] | type[Leaving]) -> str:
    if why not in reasons.values:
        raise ValidationError({"why": _("Pilih alasan.")})
    return str(reasons(why))
