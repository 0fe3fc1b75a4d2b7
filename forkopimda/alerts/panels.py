"""What this app offers the dashboard."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.panels import Offer, Panel
from forkopimda.people.models import User

from .models import Delivery

SHOWN = 3


def unread(by: Actor, code: str) -> Panel | None:
    """The reader's newest alerts that they have not acknowledged, whatever the region shown."""
    if not isinstance(by, User):
        return None
    waiting = Delivery.objects.to(by).open()
    shown = list(waiting[:SHOWN])
    count = waiting.count() if len(shown) == SHOWN else len(shown)
    return Panel(
        title=_("Peringatan yang menunggu Anda"),
        template="alerts/_panel.html",
        context={"deliveries": shown, "count": count},
        link=reverse("alerts:inbox"),
    )


def open_count(by: User) -> int:
    """How many alerts wait for the reader's acknowledgement (one query, by a partial index)."""
    return Delivery.objects.filter(recipient=by).open().count()


OFFERS = [Offer(key="alerts", build=unread, topics=("alerts",))]
