"""Assessments for tests: frames in force, values for all their indicators."""

from decimal import Decimal

from forkopimda.lib.authority import SYSTEM
from security import actions
from security.frame_parts import DimensionPart, IndicatorPart
from security.models import Frame, Indicator


def frame(code="polri-ipkp", region="12.19.08"):
    """The version of a frame in force for a region."""
    return next(row for row in Frame.objects.in_force(region) if row.code == code)


def values(frame, value=1, **chosen):
    """The same value for each indicator, by its key; others by code, as politik_uang=4."""
    rows = Indicator.objects.filter(dimension__frame=frame)
    return {row.pk: chosen.get(row.code.replace("-", "_"), value) for row in rows}


def fields(frame, value=1, **chosen):
    """As `values`, as the form on the page sends it."""
    rows = Indicator.objects.filter(dimension__frame=frame).select_related("dimension")
    sent = {
        f"{row.dimension.code}.{row.code}": chosen.get(row.code.replace("-", "_"), value)
        for row in rows
    }
    return {"kerangka": frame.code, "versi": frame.pk} | sent


def assess(region, value=1, by=SYSTEM, code="polri-ipkp", **chosen):
    """An assessment of the region by a frame in force."""
    used = frame(code, region.pk)
    return actions.make_assessment(
        by=by, region=region, frame=used, values=values(used, value, **chosen)
    )


def heavier(source, region, **weights):
    """Publishes a new version in which some indicators weigh more."""
    draft = actions.draft_frame(by=SYSTEM, source=source, region=region)
    parts = [
        DimensionPart(
            dimension.name,
            [
                IndicatorPart(
                    row.name,
                    row.guidance,
                    Decimal(weights.get(row.code.replace("-", "_"), 1)),
                    pk=row.pk,
                )
                for row in dimension.indicators.all()
            ],
            pk=dimension.pk,
        )
        for dimension in draft.dimensions.all()
    ]
    actions.edit_frame(by=SYSTEM, frame=draft, dimensions=parts)
    return actions.publish_frame(by=SYSTEM, frame=draft)
