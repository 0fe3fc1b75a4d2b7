"""What the desk's people are told of. Alerts name no case: their inbox and mail are not sealed.

Kinds begin with "asn_neutrality.", which closes them to overseers other than auditors (see
forkopimda/alerts/models.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.language import in_each_language

from .models import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forkopimda.lib.authority import Actor
    from forkopimda.people.models import User

    from .models import Case

#: The page of cases by their terms.
DUE = "asn_flow:due"
TERMS = {
    NoticeKind.NEAR: (
        gettext_lazy("Tenggat langkah perkara netralitas ASN mendekat"),
        gettext_lazy("Buka daftar tenggat untuk melihat langkah mana yang harus diselesaikan."),
        Severity.MINOR,
    ),
    NoticeKind.MISSED: (
        gettext_lazy("Tenggat langkah perkara netralitas ASN terlewat"),
        gettext_lazy("Buka daftar tenggat, lalu catat langkahnya atau selesaikan segera."),
        Severity.MODERATE,
    ),
    NoticeKind.ESCALATED: (
        gettext_lazy("Ada langkah perkara netralitas ASN yang lama terlambat"),
        gettext_lazy("Pemeriksa sudah diingatkan. Buka daftar tenggat untuk menindaklanjuti."),
        Severity.MODERATE,
    ),
}


def tell(
    *,
    by: Actor,
    case: Case,
    kind: str,
    people: Sequence[User],
    headline: Callable[[], str],
    description: Callable[[], str],
    severity: str = Severity.MINOR,
    link: str = "asn_neutrality:register",
) -> None:
    """Alerts `people`. Both texts name no case, no person and no number; `link` is the name of a
    page of the desk."""
    if not people:
        return
    raise_alert(
        by=by,
        kind=f"asn_neutrality.{kind}",
        region=case.region,
        severity=severity,
        headline=in_each_language(headline),
        description=in_each_language(description),
        people=people,
        link=reverse(link),
    )


def tell_of_report(*, by: Actor, case: Case, members: Sequence[User]) -> None:
    """A report came in."""
    tell(
        by=by,
        case=case,
        kind="report",
        people=members,
        headline=lambda: _("Laporan baru di meja netralitas ASN"),
        description=lambda: _(
            "Buka register untuk membacanya. Demi kerahasiaan, isi laporan tidak dikirim."
        ),
    )


def tell_of_message(*, by: Actor, case: Case, members: Sequence[User]) -> None:
    """A reporter wrote."""
    tell(
        by=by,
        case=case,
        kind="message",
        people=members,
        headline=lambda: _("Pesan baru dari pelapor"),
        description=lambda: _(
            "Buka register untuk membacanya. Demi kerahasiaan, isi pesan tidak dikirim."
        ),
    )


def tell_of_lead(*, by: Actor, case: Case, lead: User) -> None:
    """Somebody was put in charge of a case."""
    tell(
        by=by,
        case=case,
        kind="lead",
        people=[lead],
        headline=lambda: _("Anda menjadi penanggung jawab perkara netralitas ASN"),
        description=lambda: _(
            "Buka daftar tenggat untuk melihat perkara Anda dan langkah berikutnya."
        ),
        link=DUE,
    )


def tell_of_term(*, by: Actor, case: Case, kind: str, people: Sequence[User]) -> None:
    """The term of a step is near, was missed, or was missed for so long that auditors are told."""
    headline, description, severity = TERMS[NoticeKind(kind)]
    tell(
        by=by,
        case=case,
        kind=f"term_{kind}",
        people=people,
        headline=lambda: str(headline),
        description=lambda: str(description),
        severity=severity,
        link=DUE,
    )
