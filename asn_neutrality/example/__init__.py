"""Example data of this app. Each part adds only what is missing."""

from __future__ import annotations

from forkopimda.regions.models import Region

from . import pledges, reports

REGENCY = "12.19"


def load(*, passphrase: str | None) -> str:
    """Loads units with their pledges; with a passphrase for the examiners' keys, reports too.

    Without one there is no key that could open a report, and so none is loaded. Gives the
    tracking code of the example conversation if it was made now, else an empty text.
    """
    region = Region.objects.get(pk=REGENCY)
    pledges.load(region)
    return reports.load(region, passphrase) if passphrase else ""
