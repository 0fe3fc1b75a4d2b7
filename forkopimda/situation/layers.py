"""The map's layers, in their order, as the apps offer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forkopimda.lib.authority import may
from forkopimda.meetings import layers as meetings
from security import layers as security

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import Layer

LAYERS: tuple[Layer, ...] = (*security.OFFERS, meetings.FOLLOW_UPS)
BY_KEY = {layer.key: layer for layer in LAYERS}


def offered(by: Actor) -> list[Layer]:
    """The layers that the reader may see."""
    return [layer for layer in LAYERS if may(by, layer.permission)]
