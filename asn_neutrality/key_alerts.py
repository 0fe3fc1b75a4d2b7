"""What people are told of keys and memberships. As in alerts.py, no case is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.language import in_each_language
from forkopimda.people.models import Role, User

from .alerts import tell
from .models import Case, Member, RecoveryKey

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


def tell_of_joining(*, by: Actor, case: Case, user: User) -> None:
    """Somebody was let in to a case."""
    tell(
        by=by,
        case=case,
        kind="member",
        people=[user],
        headline=lambda: _("Anda menjadi anggota perkara netralitas ASN"),
        description=lambda: _("Buka register untuk melihat perkara Anda."),
    )


def tell_of_new_key(*, by: User) -> None:
    """Somebody replaced their key: who shares cases with them is asked to share them again, and
    to make sure first that it was them."""
    mine = Member.objects.filter(user=by, removed_at=None).values("case")
    fellows = User.objects.filter(
        case_memberships__case__in=mine, case_memberships__removed_at=None, is_active=True
    )
    people = list(fellows.exclude(pk=by.pk).distinct())
    case = Case.objects.filter(pk__in=mine).select_related("region").first()
    if case is None:
        return
    tell(
        by=by,
        case=case,
        kind="new_key",
        people=people,
        headline=lambda: _("Seorang anggota perkara membuat kunci baru"),
        description=lambda: _(
            "Perkaranya perlu dibagikan lagi. Pastikan dahulu kepada orangnya langsung bahwa "
            "memang dia yang membuat kunci itu."
        ),
        severity=Severity.MODERATE,
        link="asn_keys:share_again",
    )


def tell_of_recovery(*, by: Actor, recovery: RecoveryKey) -> None:
    """The recovery key of a region was used: its auditors are told."""
    raise_alert(
        by=by,
        kind="asn_neutrality.recovery",
        region=recovery.region,
        severity=Severity.MODERATE,
        headline=in_each_language(lambda: _("Kunci pemulihan perkara netralitas ASN dipakai")),
        description=in_each_language(
            lambda: _("Log pembukaan berkas mencatat siapa yang memakainya, untuk apa.")
        ),
        roles=(Role.AUDITOR,),
        link=reverse("asn_neutrality:openings"),
    )
