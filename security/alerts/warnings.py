"""Alerts on early warnings: to those who decide on levels, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.alerts.actions import raise_alert
from forkopimda.lib.language import in_each_language
from forkopimda.people.models import Role

from ..models import Level
from ..warning.words import lines, trimmed
from .levels import SEVERITIES

if TYPE_CHECKING:
    from forkopimda.alerts.models import Alert
    from forkopimda.lib.authority import Actor

    from ..models import EarlyWarning


def early_warning(*, by: Actor, warning: EarlyWarning, in_force: str | None) -> Alert:
    """Tells the police approvers that more is suggested than the level in force."""
    region = warning.region

    def headline() -> str:
        return _("Peringatan dini: %(region)s disarankan %(level)s") % {
            "region": region.title,
            "level": Level(warning.level).label.lower(),
        }

    def description() -> str:
        greatest = max(lines(warning.terms), key=lambda line: line.share)
        now = str(Level(in_force).label).lower() if in_force else _("belum dinilai")
        return _(
            "Nilai peringatan dini %(region)s mencapai %(index)s dari 100; tingkat yang berlaku: "
            "%(now)s. Bagian terbesar: %(label)s (%(measure)s). Tingkat tidak berubah sendiri: "
            "periksa, lalu putuskan."
        ) % {
            "region": region.title,
            "index": trimmed(warning.index),
            "now": now,
            "label": greatest.label.lower(),
            "measure": greatest.measure,
        }

    return raise_alert(
        by=by,
        kind="early_warning",
        region=region,
        severity=SEVERITIES[Level(warning.level)],
        headline=in_each_language(headline),
        description=in_each_language(description),
        link=f"{reverse('security:warnings')}?wilayah={region.code}",
        roles=(Role.POLICE_APPROVER,),
    )
