"""What the desk's people are told of. Alerts name no case: their inbox and mail are not sealed.

Kinds begin with "asn_neutrality.", which closes them to overseers other than auditors (see
forkopimda/alerts/models.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.language import in_each_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forkopimda.lib.authority import Actor
    from forkopimda.people.models import User

    from .models import Case


def tell(
    *,
    by: Actor,
    case: Case,
    kind: str,
    people: Sequence[User],
    headline: Callable[[], str],
    description: Callable[[], str],
    severity: str = Severity.MINOR,
    query: str = "",
) -> None:
    """Alerts `people`. Both texts name no case, no person and no number."""
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
        link=reverse("asn_neutrality:register") + query,
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
