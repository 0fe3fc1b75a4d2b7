"""Which keys open which cases, asked of the rows alone: nothing sealed is opened for this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from forkopimda.people.models import Role, User
from forkopimda.regions.models import Region, under

from .actions.intake import recovery_key
from .actions.writing import holders_in
from .models import Case, Member, PersonalKey, RecoveryKey, Wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import CaseQuerySet
    from .models.keys import OfCaseQuerySet


@dataclass(frozen=True)
class Waiting:
    """Somebody whose present key does not open `count` cases that the reader shares with them."""

    user: User
    key: PersonalKey
    count: int


@dataclass(frozen=True)
class KeyCounts:
    """How the keys of a region stand, as numbers alone."""

    region: Region
    cases: int
    without_key: int
    unused_keys: int
    single_holder: int
    no_holder: int
    lacking_recovery: int
    gone_members: int


def kept() -> CaseQuerySet:
    """Cases that have a key and content."""
    found: CaseQuerySet = Case.objects.filter(is_sealed=True, erased_at=None)
    return found


def opening_wraps() -> OfCaseQuerySet:
    """Subquery of a case: what is sealed to keys in use of its present, active members."""
    member = Member.objects.filter(
        case=OuterRef("case"), user=OuterRef("personal__user"), removed_at=None
    )
    found: OfCaseQuerySet = Wrap.objects.filter(
        Exists(member),
        case=OuterRef("pk"),
        personal__retired_at=None,
        personal__user__is_active=True,
    )
    return found


def with_openers(cases: CaseQuerySet) -> CaseQuerySet:
    """The cases with `openers`, how many members can open each, and `recoverable`."""
    count = opening_wraps().order_by().values("case").annotate(count=Count("pk")).values("count")
    recovery = Wrap.objects.filter(case=OuterRef("pk"), recovery__proven_at__isnull=False)
    return cases.annotate(openers=Coalesce(Subquery(count), 0), recoverable=Exists(recovery))


def unreadable_to(user: User) -> CaseQuerySet:
    """Cases of which the user is a member and that their present key does not open, each with
    who could help (`openers`, `recoverable`)."""
    mine = Member.objects.filter(case=OuterRef("pk"), user=user, removed_at=None)
    opened = Wrap.objects.filter(
        case=OuterRef("pk"), personal__user=user, personal__retired_at=None
    )
    return with_openers(kept().filter(Exists(mine), ~Exists(opened))).order_by("pk")


def readable_by(user: User) -> CaseQuerySet:
    """Cases that the user's present key opens, each with how many can open it besides them."""
    opened = Wrap.objects.filter(
        case=OuterRef("pk"), personal__user=user, personal__retired_at=None
    )
    mine = Member.objects.filter(case=OuterRef("pk"), user=user, removed_at=None)
    return with_openers(kept().filter(Exists(mine), Exists(opened))).order_by("pk")


def waiting_for(user: User) -> list[Waiting]:
    """Members of the cases that the user opens, whose present key does not open them."""
    opened = readable_by(user).filter(under("region_id", user.access.scopes(Role.ASN_EXAMINER)))
    has = Wrap.objects.filter(
        case=OuterRef("case"), personal__user=OuterRef("user"), personal__retired_at=None
    )
    rows = (
        Member.objects.filter(
            ~Exists(has),
            case__in=opened.values("pk"),
            removed_at=None,
            user__is_active=True,
            user__case_keys__retired_at=None,
            user__case_keys__isnull=False,
        )
        .exclude(user=user)
        .values("user")
        .annotate(count=Count("case", distinct=True))
    )
    counts = {row["user"]: row["count"] for row in rows}
    keys = PersonalKey.objects.filter(user__in=counts, retired_at=None).select_related("user")
    return [Waiting(key.user, key, counts[key.user_id]) for key in keys.order_by("user__username")]


def lacking_recovery(key: RecoveryKey) -> CaseQuerySet:
    """Cases for which this is the recovery key in use, and that it does not open."""
    nested = RecoveryKey.objects.in_use().filter(region__code__startswith=key.region_id)
    own = [code for code in nested.values_list("region", flat=True) if code != key.region_id]
    cases = kept().filter(region__code__startswith=key.region_id)
    if own:
        cases = cases.exclude(under("region_id", own))
    return cases.exclude(wraps__recovery=key)


def counts_of(regions: Iterable[Region]) -> list[KeyCounts]:
    """The counts of each region that has examiners or cases."""
    return [counts for region in regions if (counts := _counts(region)) is not None]


def _counts(region: Region) -> KeyCounts | None:
    examiners = holders_in(region.pk, Role.ASN_EXAMINER)
    cases = kept().filter(region=region)
    number = cases.count()
    keys = PersonalKey.objects.filter(user__in=examiners, retired_at=None)
    if not number and not examiners.exists():
        return None
    recovery = recovery_key(region)
    opened = with_openers(cases)
    gone = Member.objects.filter(case__in=cases, removed_at=None).exclude(
        user__in=holders_in(region.pk, Role.ASN_EXAMINER, Role.AUDITOR)
    )
    lacking = cases if recovery is None else cases.exclude(wraps__recovery=recovery)
    return KeyCounts(
        region=region,
        cases=number,
        without_key=examiners.exclude(Q(pk__in=keys.values("user"))).count(),
        unused_keys=keys.exclude(Exists(Wrap.objects.filter(personal=OuterRef("pk")))).count(),
        single_holder=opened.filter(openers=1).count(),
        no_holder=opened.filter(openers=0).count(),
        lacking_recovery=lacking.count(),
        gone_members=gone.values("user").distinct().count(),
    )
