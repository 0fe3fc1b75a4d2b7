"""The only writers of recovery keys, and of what is recovered with them.

The private key of a pair exists in one request when it is split, and in one when its shares are
typed in; it is written nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import may, require
from forkopimda.lib.guard import action
from forkopimda.people.models import Role
from forkopimda.regions.models import Region

from ..conflicts import in_conflict
from ..entries import OpenCase, open_case
from ..key_alerts import tell_of_recovery
from ..models import Leaving, Member, Opened, Opening, Purpose, RecoveryKey, Wrap
from ..sealing.primitives import CanNotOpen, new_pair, public_of, unseal_with
from ..sealing.shares import FEWEST_HOLDERS, LEAST_THRESHOLD, MOST_HOLDERS, combine, split
from .intake import recovery_key
from .keys import own_key
from .members import Shared
from .sealing import seal_to_person, seal_to_recovery
from .writing import lock, name_of, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forkopimda.people.models import User

    from ..models import Case, PersonalKey

LONGEST_OFFICE = 80
#: Those who left a case for these reasons do not come back to it by recovery.
BARRED = (Leaving.CONFLICT, Leaving.DISCRETION)


@dataclass(frozen=True)
class Ceremony:
    """A recovery key that is not in use yet, and its shares, in the order of its holders. The
    shares are nowhere else."""

    key: RecoveryKey
    shares: list[str]


@action
def make_recovery(*, by: User, region: Region, holders: Sequence[str], threshold: int) -> Ceremony:
    """Makes a recovery key for a region and splits it among offices.

    It is used only once its shares were tried out (`prove_recovery`). An earlier one that was
    never tried out is given up.
    """
    require(by, "asn_neutrality.keep_recovery", region)
    offices = [" ".join(office.split()) for office in holders]
    _check_offices(offices, threshold)
    _one_at_a_time(region)
    private, public = new_pair()
    RecoveryKey.objects.filter(region=region, proven_at=None, retired_at=None).update(
        retired_at=timezone.now()
    )
    key = RecoveryKey(
        region=region,
        public=public,
        holders=offices,
        threshold=threshold,
        made_by=name_of(by),
    )
    key.full_clean()
    key.save()
    _record(by, "asn_neutrality.make_recovery", key)
    return Ceremony(key, split(private, threshold, len(offices)))


@action
def prove_recovery(*, by: User, shares: Sequence[str]) -> RecoveryKey:
    """Puts the recovery key in use whose shares these are, and retires the region's earlier one.

    BadShare and WrongNumber (sealing/shares.py) as `combine` raises them; ValidationError where
    the shares belong to no key that waits to be tried out.
    """
    key = _key_of(combine(shares))
    require(by, "asn_neutrality.keep_recovery", key.region)
    if key.retired_at is not None or key.proven_at is not None:
        raise ValidationError(_("Kunci pemulihan ini sudah diuji atau sudah diganti."))
    _one_at_a_time(key.region)
    now = timezone.now()
    RecoveryKey.objects.in_use().filter(region=key.region).update(retired_at=now)
    key.proven_at = now
    key.save()
    _record(by, "asn_neutrality.prove_recovery", key)
    return key


@action
def share_recovery(*, by: User, private: bytes) -> int:
    """Seals to the recovery key in use all cases that `by` opens and that it does not open yet.
    Gives how many."""
    require(by, "asn_neutrality.keep_recovery")
    shared = 0
    mine = Wrap.objects.filter(personal__user=by, personal__retired_at=None)
    for wrap in mine.filter(case__erased_at=None).select_related("case__region").order_by("case"):
        if not may(by, "asn_neutrality.work", wrap.case) or not lacks_recovery(wrap.case):
            continue
        case = lock(wrap.case)
        try:
            opened = open_case(case, by, private)
        except CanNotOpen:
            continue
        if seal_to_recovery(case, opened.key):
            note(by, "asn_neutrality.share_recovery", case)
            shared += 1
    return shared


@action
def recover(*, by: User, shares: Sequence[str], user: User, why: str) -> Shared:
    """Opens with its shares what is sealed to a recovery key, and seals it to the key of `user`.

    `user` becomes a member where they were none. Refused are cases against people of their unit,
    and those they left for a conflict of interest. Each case leaves an opening, with `why`, for
    the auditor. BadShare and WrongNumber as `combine` raises them.
    """
    private = combine(shares)
    recovery = _key_of(private)
    require(by, "asn_neutrality.keep_recovery", recovery.region)
    why = " ".join(why.split())
    if not why:
        raise ValidationError({"why": _("Isi alasan pemulihan, tanpa nama orang.")})
    key = own_key(user)
    if key is None or not user.is_active:
        raise ValidationError({"user": _("Pemeriksa ini belum mempunyai kunci.")})
    if recovery.proven_at is None:
        raise ValidationError(_("Kunci pemulihan ini belum pernah diuji dan tidak dipakai."))
    sealed = refused = 0
    wraps = Wrap.objects.filter(recovery=recovery, case__erased_at=None)
    for wrap in wraps.select_related("case").order_by("case"):
        if not user.access.covers(wrap.case.region_id, Role.ASN_EXAMINER):
            continue
        case = lock(wrap.case)
        opened = _opened(case, recovery, private)
        if opened is None or _barred(user, opened):
            refused += 1
            continue
        _give(by, opened, key)
        _note_recovery(by, case, user, why)
        sealed += 1
    _record(by, "asn_neutrality.recover", recovery, name=user.username, count=sealed)
    tell_of_recovery(by=by, recovery=recovery)
    return Shared(sealed, refused)


def _one_at_a_time(region: Region) -> None:
    """Whoever changes a region's recovery keys second sees what the first has stored."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)


def lacks_recovery(case: Case) -> bool:
    """Whether the recovery key in use for its region does not open the case."""
    recovery = recovery_key(case.region)
    return recovery is not None and not case.wraps.filter(recovery=recovery).exists()


def _opened(case: Case, recovery: RecoveryKey, private: bytes) -> OpenCase | None:
    """The locked case opened by what is sealed to the recovery key; None where it was changed."""
    try:
        wrap = Wrap.objects.get(case=case, recovery=recovery)
        return OpenCase(case, unseal_with(private, wrap.sealed))
    except (Wrap.DoesNotExist, CanNotOpen):
        return None


def _barred(user: User, opened: OpenCase) -> bool:
    left = opened.case.members.filter(user=user, removed_why__in=BARRED)
    return in_conflict(user, opened) or left.exists()


def _give(by: User, opened: OpenCase, key: PersonalKey) -> None:
    case = opened.case
    if not case.members.filter(user=key.user, removed_at=None).exists():
        Member.objects.create(case=case, user=key.user, added_by=name_of(by))
    seal_to_person(case, opened.key, key)


def _note_recovery(by: User, case: Case, user: User, why: str) -> None:
    opening = Opening(
        case=case,
        region=case.region,
        what=Opened.RECOVERY,
        purpose=Purpose.OTHER,
        explanation=why,
        by_name=name_of(by),
    )
    opening.full_clean()
    opening.save()
    note(by, "asn_neutrality.recover_case", case, name=user.username)


def _key_of(private: bytes) -> RecoveryKey:
    """The recovery key that a private key belongs to, held until the transaction ends."""
    keys = RecoveryKey.objects.select_for_update(of=("self",)).select_related("region")
    key: RecoveryKey | None = keys.filter(public=public_of(private)).first()
    if key is None:
        raise ValidationError(_("Bagian-bagian ini bukan bagian dari kunci pemulihan di sini."))
    return key


def _check_offices(offices: list[str], threshold: int) -> None:
    if not FEWEST_HOLDERS <= len(offices) <= MOST_HOLDERS:
        raise ValidationError(
            {
                "holders": _("Sebutkan %(least)s sampai %(most)s jabatan.")
                % {"least": FEWEST_HOLDERS, "most": MOST_HOLDERS}
            }
        )
    if any(not office or len(office) > LONGEST_OFFICE for office in offices):
        raise ValidationError(
            {"holders": _("Nama jabatan 1 sampai %(most)s karakter.") % {"most": LONGEST_OFFICE}}
        )
    if len({office.casefold() for office in offices}) != len(offices):
        raise ValidationError({"holders": _("Setiap jabatan memegang satu bagian saja.")})
    if not LEAST_THRESHOLD <= threshold <= len(offices):
        raise ValidationError(
            {
                "threshold": _("Pilih %(least)s sampai %(most)s bagian.")
                % {"least": LEAST_THRESHOLD, "most": len(offices)}
            }
        )


def _record(by: User, act: str, key: RecoveryKey, **data: str | int) -> None:
    record(
        by=by,
        act=act,
        target=key,
        region=key.region_id,
        place=key.region.title,
        closed=True,
        **data,
    )
