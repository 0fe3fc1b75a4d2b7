"""The only writer of assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.people.models import User

from ..findings import contents, find
from ..models import SCALE, Assessment, AssessmentScore, Frame
from ..warning.soon import soon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forkopimda.regions.models import Region

    from ..models import Dimension, Indicator

    #: Values by indicators' keys or by their codes.
    Values = Mapping[int, Any] | Mapping[str, Any]


@action
def make_assessment(*, by: Actor, region: Region, frame: Frame, values: Values) -> Assessment:
    """Stores what an officer found by each indicator of a frame in force for the region.

    `values` says for each indicator, by its key or its code, 0 to SCALE. ValidationError names
    what is missing, unknown or not such a number.
    """
    require(by, "security.assess", region)
    if frame.pk not in {row.pk for row in Frame.objects.in_force(region.pk)}:
        raise ValidationError(_("Kerangka ini tidak berlaku lagi untuk wilayah ini."))
    dimensions = contents(frame)
    checked = _checked(dimensions, values)
    finding = find(frame, dimensions, checked)
    assessment = Assessment(
        region=region,
        frame=frame,
        score=finding.score,
        suggested_level=finding.level,
        author=by if isinstance(by, User) else None,
        author_name=str(by) if isinstance(by, User) else by.get_username(),
    )
    assessment.full_clean()
    assessment.save()
    AssessmentScore.objects.bulk_create(
        AssessmentScore(assessment=assessment, indicator_id=key, value=value)
        for key, value in checked.items()
    )
    record(
        by=by,
        act="security.assess",
        target=assessment,
        region=region.code,
        name=region.title,
        frame=str(frame),
        score=str(finding.score),
        level=assessment.suggested_level,
    )
    announce("levels", region=region.code)
    soon(region.code)
    return assessment


def _checked(dimensions: Iterable[Dimension], values: Values) -> dict[int, int]:
    """The values by indicators' keys, each indicator once; else ValidationError says what is
    wrong with which."""
    indicators = [row for dimension in dimensions for row in dimension.indicators.all()]
    known = _by_name(indicators)
    checked: dict[int, int] = {}
    wrong = []
    for name, value in values.items():
        indicator = known.get(str(name))
        if indicator is None:
            wrong.append(_("Kerangka ini tidak memuat indikator “%(name)s”.") % {"name": name})
        elif indicator.pk in checked:
            wrong.append(_("“%(name)s” dinilai dua kali.") % {"name": indicator.name})
        elif isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= SCALE:
            wrong.append(
                _("Nilai “%(name)s” harus angka bulat 0 sampai %(scale)d.")
                % {"name": indicator.name, "scale": SCALE}
            )
            checked[indicator.pk] = 0
        else:
            checked[indicator.pk] = value
    wrong += [
        _("“%(name)s” belum dinilai.") % {"name": indicator.name}
        for indicator in indicators
        if indicator.pk not in checked
    ]
    if wrong:
        raise ValidationError(wrong)
    return checked


def _by_name(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """Indicators by code, and by key, which wins."""
    names: dict[str, Indicator] = {}
    for indicator in indicators:
        names.setdefault(indicator.code, indicator)
    return names | {str(indicator.pk): indicator for indicator in indicators}
