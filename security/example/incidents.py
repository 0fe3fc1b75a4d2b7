"""Example incidents: invented, said so in their text, without persons; on the days before now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region

from .. import actions
from ..models import Category, Incident, IncidentSeverity, IncidentState, Referral
from ..whereabouts import Spot

NAMESPACE = uuid.UUID("6d1f4c1e-6f0a-4d5e-9a44-2f1f3d1f5b10")
REPORTER = "Contoh"


@dataclass(frozen=True)
class Example:
    """One incident. `hours` ago; None for a `spot` where it has no point."""

    region: str
    category: Category
    severity: IncidentSeverity
    hours: int
    words: str
    spot: Spot | None = None
    people: int | None = None
    steps: tuple[str, ...] = ()
    referred_to: str = ""


#: None is grave: grave ones alert the officials, which examples should not.
EXAMPLES = (
    Example(
        "12.19.02",
        Category.PROTEST,
        IncidentSeverity.MODERATE,
        20,
        "Contoh: unjuk rasa di depan kantor kecamatan, berjalan tertib.",
        Spot(3.3397, 99.4156),
        people=60,
        steps=(IncidentState.VERIFIED, IncidentState.HANDLED),
    ),
    Example(
        "12.19.08",
        Category.CAMPAIGN_MATERIAL,
        IncidentSeverity.MINOR,
        52,
        "Contoh: spanduk di pinggir jalan dirusak pada malam hari.",
        steps=(IncidentState.VERIFIED,),
    ),
    Example(
        "12.19.07",
        Category.MONEY_POLITICS,
        IncidentSeverity.MODERATE,
        75,
        "Contoh: laporan pembagian bahan pokok menjelang pemungutan suara.",
        steps=(IncidentState.VERIFIED, IncidentState.REFERRED),
        referred_to=Referral.BAWASLU,
    ),
    Example(
        "12.19.06",
        Category.DISASTER,
        IncidentSeverity.MINOR,
        120,
        "Contoh: jalan menuju gudang logistik tergenang air pasang.",
        steps=(IncidentState.VERIFIED, IncidentState.CLOSED),
    ),
    Example(
        "12.19.05",
        Category.NETWORK,
        IncidentSeverity.MINOR,
        3,
        "Contoh: listrik padam di sekitar kantor kecamatan.",
    ),
)
NOTES = {
    IncidentState.REFERRED: "Contoh: mohon dikaji.",
    IncidentState.CLOSED: "Contoh: sudah surut, jalan dapat dilalui.",
}


def load() -> None:
    """Reports and works the examples that are not there yet."""
    keys = {uuid.uuid5(NAMESPACE, example.words): example for example in EXAMPLES}
    there = set(Incident.objects.filter(key__in=keys).values_list("key", flat=True))
    regions = Region.objects.in_bulk([example.region for example in EXAMPLES])
    for key, example in keys.items():
        region = regions.get(example.region)
        if key in there or region is None:
            continue
        incident = actions.report_incident(
            by=SYSTEM,
            key=key,
            region=region,
            spot=example.spot,
            category=example.category,
            severity=example.severity,
            description=example.words,
            occurred_at=timezone.now() - timedelta(hours=example.hours),
            people=example.people,
            confirm_region=True,
            reporter_name=REPORTER,
        ).incident
        for state in example.steps:
            incident = actions.step_incident(
                by=SYSTEM,
                incident=incident,
                state=state,
                note=NOTES.get(IncidentState(state), ""),
                referred_to=example.referred_to if state == IncidentState.REFERRED else "",
            )
