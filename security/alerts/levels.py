"""Alerts on levels of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.language import in_each_language
from forkopimda.people.models import Role

from ..models import Level

if TYPE_CHECKING:
    from forkopimda.alerts.models import Alert
    from forkopimda.lib.authority import Actor

    from ..models import RiskRating

CONCERNED = (Role.VIEWER, Role.POLICE_APPROVER, Role.POLICE_OPERATOR, Role.SECRETARIAT)
SEVERITIES = {Level.MEDIUM: Severity.MODERATE, Level.HIGH: Severity.SEVERE}


def level_raised(*, by: Actor, rating: RiskRating, before: Level) -> Alert:
    """Tells the officials of the region that its level rose. No personal data in the text."""
    region = rating.region

    def headline() -> str:
        return _("Kerawanan %(region)s naik menjadi %(level)s") % {
            "region": region.title,
            "level": Level(rating.level).label.lower(),
        }

    def description() -> str:
        return _(
            "Tingkat kerawanan %(region)s dinaikkan dari %(before)s menjadi %(level)s. "
            "Alasan: %(reason)s"
        ) % {
            "region": region.title,
            "before": before.label.lower(),
            "level": Level(rating.level).label.lower(),
            "reason": rating.reason,
        }

    return raise_alert(
        by=by,
        kind="level_raised",
        region=region,
        severity=SEVERITIES[Level(rating.level)],
        headline=in_each_language(headline),
        description=in_each_language(description),
        link=reverse("security:region", args=[region.code]),
        roles=CONCERNED,
    )
