"""The dashboard's panels, in their order, as the apps offer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from asn_neutrality import panels as asn_neutrality
from forkopimda.alerts import panels as alerts
from forkopimda.elections import panels as elections
from forkopimda.meetings import panels as meetings
from security import panels as security

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor
    from forkopimda.lib.panels import Offer, Panel

LEVELS = security.LEVELS
CARDS: tuple[Offer, ...] = (
    *elections.OFFERS,
    *alerts.OFFERS,
    *security.OFFERS,
    *meetings.OFFERS,
    *asn_neutrality.OFFERS,
)
BY_KEY = {offer.key: offer for offer in (LEVELS, *CARDS)}


@dataclass(frozen=True)
class Card:
    """A panel with where and when to ask for it again."""

    offer: Offer
    panel: Panel

    @property
    def triggers(self) -> str:
        """htmx's words for "after these live events"."""
        topics = [f"live-{topic} from:body" for topic in self.offer.topics]
        return ", ".join([*topics, "live-all from:body"])

    @property
    def body(self) -> str:
        """The panel's content, drawn by its own template."""
        return render_to_string(self.panel.template, {**self.panel.context, "panel": self.panel})


def card(offer: Offer, by: Actor, code: str) -> Card | None:
    """The card of one offer, None where the reader may not see it."""
    panel = offer.build(by, code)
    return Card(offer, panel) if panel is not None else None
