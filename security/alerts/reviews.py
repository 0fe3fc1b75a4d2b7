"""Alerts on ratings whose day of review has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.language import in_each_language
from forkopimda.people.models import Role

from ..models import Level, ReviewStep

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.lib.authority import Actor

    from ..models import RiskRating

SEVERITIES = {ReviewStep.DUE: Severity.MINOR, ReviewStep.OVERDUE: Severity.MODERATE}


def review_due(*, by: Actor, rating: RiskRating, step: ReviewStep) -> None:
    """Tells the police of the region that its level is due for review, or overdue."""
    region = rating.region

    def headline() -> str:
        sentence = (
            _("Tingkat kerawanan %(region)s perlu ditinjau ulang")
            if step == ReviewStep.DUE
            else _("Tinjauan tingkat kerawanan %(region)s terlambat")
        )
        return sentence % {"region": region.title}

    def description() -> str:
        return _(
            "Tingkat %(level)s, ditetapkan %(author)s, ditinjau ulang paling lambat %(day)s. "
            "Tegaskan kembali atau ubah."
        ) % {
            "level": str(Level(rating.level).label).lower(),
            "author": rating.author_name,
            "day": formats.date_format(cast("date", rating.review_on), "DATE_FORMAT"),
        }

    raise_alert(
        by=by,
        kind=f"review_{step}",
        region=region,
        severity=SEVERITIES[step],
        headline=in_each_language(headline),
        description=in_each_language(description),
        link=f"{reverse('security:region', args=[region.code])}#tetapkan",
        roles=(Role.POLICE_OPERATOR, Role.POLICE_APPROVER),
    )
