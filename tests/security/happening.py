"""Incidents for tests of early warnings, and what the worker then computes."""

from datetime import timedelta

from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import EarlyWarning, Incident


def reported(region, severity="severe", days=0.0):
    """An incident of the kecamatan `region`, some days ago, as the Polres records it."""
    return actions.report_incident(
        by=SYSTEM,
        category="protest",
        severity=severity,
        description="Contoh: unjuk rasa",
        occurred_at=timezone.now() - timedelta(days=days, minutes=1),
        region=region,
        confirm_time=True,
    ).incident


def verified(region, severity="severe", days=0.0):
    """As `reported`, found to be true."""
    incident = reported(region, severity, days)
    return actions.step_incident(by=SYSTEM, incident=incident, state="verified")


def rejected(incident):
    incident = Incident.objects.get(pk=incident.pk)
    return actions.step_incident(by=SYSTEM, incident=incident, state="rejected", note="keliru")


def rated(region, level):
    return actions.rate_region(by=SYSTEM, region=region, level=level, reason="keadaan")


def computed(regency):
    """The warnings of a regency, computed now, by code."""
    actions.refresh_warnings(by=SYSTEM, region=regency)
    return {warning.region_id: warning for warning in EarlyWarning.objects.all()}


def share(warning, key):
    return {term["key"]: term["share"] for term in warning.terms}[key]
