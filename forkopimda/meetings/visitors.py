"""Who stands before the QR code on the wall: an invitee whom nobody asked to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forkopimda.lib.authority import Access


@dataclass(frozen=True)
class Visitor:
    """Somebody who has read the code: `key` is what it says, `who` the name they go by."""

    key: str
    who: str
    access: ClassVar[Access] = Access()

    def get_username(self) -> str:
        """The name that audit records keep."""
        return f"QR: {self.who}"[:150]
