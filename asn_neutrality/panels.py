"""What this app offers the dashboard: to examiners and auditors alone."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.panels import Offer, Panel

from .models import READERS, Case


def open_cases(by: Actor, code: str) -> Panel | None:
    """How many cases in the region have not ended, where the reader may read cases there."""
    scopes = by.access.scopes(*READERS)
    if not any(code.startswith(scope) or scope.startswith(code) for scope in scopes):
        return None
    return Panel(
        title=_("Netralitas ASN"),
        template="asn_neutrality/_panel.html",
        context={"count": Case.objects.visible_to(by).within(code).open().count()},
        link=reverse("asn_neutrality:register"),
    )


OFFERS = [Offer(key="cases", build=open_cases, topics=("asn_neutrality",))]
