"""Writes invented history into a database for trials. Never beside anything real."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, System
from forkopimda.lib.guard import action
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Neighbour, Region

from ..models import (
    Assessment,
    EarlyWarning,
    Frame,
    Incident,
    IncidentState,
    IncidentStep,
    RiskRating,
    Scheme,
)
from ..warning.invented import History, invent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import Model

BY = "Riwayat buatan"


class Invented(NamedTuple):
    """How much was written."""

    incidents: int
    ratings: int
    assessments: int


@action
def invent_history(*, by: Actor, region: Region, seed: int, start: datetime, days: int) -> Invented:
    """Fills a regency with invented incidents, levels and assessments, marked as examples.

    For an operator's command alone. Refused where any incident is stored, or a rating or an
    assessment of the regency's kecamatan. Times lie in the past, which no form allows: the rows
    are copied in.
    """
    if not isinstance(by, System):
        raise PermissionDenied("security.invent_history")
    places = list(Region.objects.children_of(region.pk).filter(level=RegionLevel.KECAMATAN))
    codes = [place.pk for place in places]
    _refuse_real(region, codes)
    neighbours: dict[str, list[str]] = {code: [] for code in codes}
    for code, other in Neighbour.objects.filter(region__in=codes).values_list("region", "other"):
        neighbours[code].append(other)
    history = invent(codes, neighbours, seed=seed, start=start, days=days)
    frame = next(iter(Frame.objects.in_force(region.pk)), None)
    if frame is None:
        history.assessments.clear()
    _store_incidents(region, history, seed)
    _store_ratings(history)
    _store_assessments(history, frame)
    record(
        by=by,
        act="security.invent_history",
        target=region,
        region=region.pk,
        name=region.title,
        incidents=len(history.incidents),
        seed=seed,
    )
    return Invented(len(history.incidents), len(history.ratings), len(history.assessments))


def _refuse_real(region: Region, codes: list[str]) -> None:
    if not codes:
        raise ValidationError(_("{name} tidak punya kecamatan.").format(name=region.title))
    if Incident.objects.exists():
        raise ValidationError(
            _("Basis data ini sudah berisi insiden. Riwayat buatan hanya untuk basis data kosong.")
        )
    for model in (RiskRating, Assessment, EarlyWarning):
        if model.objects.filter(region__in=codes).exists():
            raise ValidationError(
                _(
                    "Kecamatan di {name} sudah punya {what}. Pakai basis data uji coba yang kosong."
                ).format(name=region.title, what=model._meta.verbose_name)
            )


def _store_incidents(region: Region, history: History, seed: int) -> None:
    incidents = history.incidents
    _copy(
        Incident,
        (
            "key",
            "number",
            "register",
            "year",
            "serial",
            "region_id",
            "category",
            "severity",
            "description",
            "occurred_at",
            "place",
            "state",
            "referred_to",
            "reporter_name",
            "reported_at",
            "verified_at",
        ),
        (
            (
                UUID(int=(seed << 64) + serial, version=4),
                f"CONTOH/{region.pk}/{one.occurred_at.year}/{serial:05}",
                region.pk,
                one.occurred_at.year,
                serial,
                one.code,
                one.category,
                one.severity,
                "Contoh: riwayat buatan untuk uji coba, bukan kejadian nyata.",
                one.occurred_at,
                "",
                one.state,
                "",
                BY,
                one.occurred_at,
                one.settled_at if one.state == IncidentState.VERIFIED else None,
            )
            for serial, one in enumerate(incidents, start=1)
        ),
    )
    keys = dict(Incident.objects.filter(register=region.pk).values_list("serial", "pk"))
    _copy(
        IncidentStep,
        ("incident_id", "state", "at", "by_name", "note", "referred_to"),
        (
            (keys[serial], state, at, BY, "", "")
            for serial, one in enumerate(incidents, start=1)
            for state, at in (
                (IncidentState.REPORTED, one.occurred_at),
                (one.state, one.settled_at),
            )
        ),
    )


def _store_ratings(history: History) -> None:
    ends: dict[str, datetime] = {}
    rows = []
    for one in reversed(history.ratings):
        rows.append(
            (
                one.code,
                Scheme.FORUM,
                one.level,
                f"Contoh: {one.reason}.",
                "",
                BY,
                "",
                "",
                one.at,
                ends.get(one.code),
                one.at,
            )
        )
        ends[one.code] = one.at
    _copy(
        RiskRating,
        (
            "region_id",
            "scheme",
            "level",
            "reason",
            "evidence",
            "author_name",
            "suggested_level",
            "departure",
            "valid_from",
            "valid_until",
            "recorded_at",
        ),
        reversed(rows),
    )


def _store_assessments(history: History, frame: Frame | None) -> None:
    if frame is None:
        return
    _copy(
        Assessment,
        ("region_id", "frame_id", "score", "suggested_level", "author_name", "made_at"),
        (
            (one.code, frame.pk, one.score, frame.level_of(Decimal(str(one.score))), BY, one.at)
            for one in history.assessments
        ),
    )


def _copy(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)
