"""Alerts on grave incidents: category, region and time alone; nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.lib.language import in_each_language
from forkopimda.lib.templatetags.words import plain_moment

from ..models import ALERTED, Category, IncidentSeverity
from .levels import CONCERNED

if TYPE_CHECKING:
    from forkopimda.alerts.models import Alert
    from forkopimda.lib.authority import Actor

    from ..models import Incident


def incident_reported(*, by: Actor, incident: Incident) -> Alert:
    """Tells the officials of the region of a grave incident that was reported, not yet verified."""

    def headline() -> str:
        return _("Insiden %(severity)s dilaporkan di %(region)s: %(category)s") % _words(incident)

    def description() -> str:
        return _(
            "%(category)s di %(region)s pada %(when)s, nomor %(number)s. Laporan ini belum "
            "diverifikasi."
        ) % _words(incident)

    return _raise(by, incident, "incident_reported", headline, description)


def incident_grew(*, by: Actor, incident: Incident) -> Alert:
    """Tells the officials of the region that an incident is graver than it was said to be."""

    def headline() -> str:
        return _("Insiden di %(region)s dinaikkan menjadi %(severity)s: %(category)s") % _words(
            incident
        )

    def description() -> str:
        return _("%(category)s di %(region)s pada %(when)s, nomor %(number)s.") % _words(incident)

    return _raise(by, incident, "incident_grew", headline, description)


def _words(incident: Incident) -> dict[str, str]:
    region = incident.region
    with timezone.override(ZoneInfo(region.time_zone)):
        when = plain_moment(incident.occurred_at)
    return {
        "severity": str(IncidentSeverity(incident.severity).label).lower(),
        "category": str(Category(incident.category).label),
        "region": region.title,
        "when": when,
        "number": incident.number,
    }


def _raise(
    by: Actor,
    incident: Incident,
    kind: str,
    headline: Callable[[], str],
    description: Callable[[], str],
) -> Alert:
    return raise_alert(
        by=by,
        kind=kind,
        region=incident.region,
        severity=ALERTED[IncidentSeverity(incident.severity)],
        headline=in_each_language(headline),
        description=in_each_language(description),
        link=reverse("incidents:detail", args=[incident.pk]),
        roles=CONCERNED,
    )
