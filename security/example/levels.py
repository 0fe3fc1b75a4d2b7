"""Example data: the levels that the police chief gave in the meeting of 21 November 2024."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region

from .. import actions
from ..models import Level, RiskRating

REGENCY = "12.19"
MEDIUM = {"12.19.02", "12.19.07", "12.19.08"}  # Sei Suka, Sei Balai, Laut Tador
SAID_AT = datetime(2024, 11, 21, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
SAID_BY = "Kapolres Batu Bara"
MEDIUM_REASON = "Disebut berkerawanan sedang oleh Kapolres dalam rapat Forkopimda 21 November 2024."
LOW_REASON = (
    "Kabupaten dinyatakan terkendali dengan kerawanan rendah oleh Kapolres dalam rapat "
    "Forkopimda 21 November 2024."
)


def load() -> None:
    """Rates the regency and its kecamatan where they have no rating yet."""
    rated = set(RiskRating.objects.values_list("region_id", flat=True))
    listed = Region.objects.within(REGENCY).filter(level__in=["regency", "kecamatan"])
    for region in sorted(listed, key=lambda region: region.pk in MEDIUM):
        if region.pk in rated:
            continue
        medium = region.pk in MEDIUM
        actions.rate_region(
            by=SYSTEM,
            region=region,
            level=Level.MEDIUM if medium else Level.LOW,
            reason=MEDIUM_REASON if medium else LOW_REASON,
            evidence="Berita publik tentang rapat tersebut.",
            at=SAID_AT,
            on_behalf_of=SAID_BY,
        )
