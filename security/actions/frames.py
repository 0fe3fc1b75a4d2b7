"""The only writers of frames: shipped ones are put in place, versions drafted and published."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..findings import contents
from ..frame_parts import fingerprint
from ..models import Dimension, Frame, FrameState, Indicator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forkopimda.regions.models import Region

    from ..frame_parts import DimensionPart, IndicatorPart
    from ..frames_shipped import ShippedFrame

CODE_LENGTH = 30


@action
def ship_frame(*, by: Actor, shipped: ShippedFrame) -> Frame:
    """Puts a frame that the product brings in force for the whole country, as its version 1."""
    fields = {name: getattr(shipped, name) for name in ("code", "name", "scheme", "note")}
    frame = Frame(
        **fields,
        region=None,
        version=1,
        medium_from=shipped.medium_from,
        high_from=shipped.high_from,
        position=shipped.position,
    )
    require(by, "security.keep_frames", frame)
    frame.full_clean()
    frame.save()
    _fill(frame, shipped.dimensions)
    frame.state = FrameState.PUBLISHED
    frame.published_at = timezone.now()
    frame.save()
    _note(by, "security.ship_frame", frame)
    return frame


@action
def draft_frame(*, by: Actor, source: Frame, region: Region | None) -> Frame:
    """Copies a version as the draft of the next one, for `region` or (None) for the country."""
    require(by, "security.keep_frames", Frame(region=region))
    _lock(source.code)
    place = Frame.objects.filter(code=source.code, region=region)
    last = place.aggregate(last=Max("version"))["last"] or 0
    draft = Frame(
        code=source.code,
        region=region,
        version=max(last, source.version) + 1,
        name=source.name,
        scheme=source.scheme,
        note=source.note,
        medium_from=source.medium_from,
        high_from=source.high_from,
        position=source.position,
    )
    draft.full_clean()
    draft.save()
    for old in contents(source):
        new = Dimension.objects.create(
            frame=draft, code=old.code, name=old.name, weight=old.weight, position=old.position
        )
        Indicator.objects.bulk_create(
            Indicator(
                dimension=new,
                code=row.code,
                name=row.name,
                guidance=row.guidance,
                weight=row.weight,
                position=row.position,
            )
            for row in old.indicators.all()
        )
    _note(by, "security.draft_frame", draft, source=source.pk)
    return draft


@action
def edit_frame(
    *, by: Actor, frame: Frame, dimensions: Sequence[DimensionPart], seen: str = "", **fields: Any
) -> Frame:
    """Changes a draft: its own fields, and its contents to exactly `dimensions`, in that order.

    Parts without a key are new; parts of the draft that are not given are removed. `seen` is the
    fingerprint of the draft that the editor had before their eyes; when it is another by now,
    ValidationError says so. Left out, nothing is compared.
    """
    require(by, "security.keep_frames", frame)
    frame = _draft(frame)
    if seen and seen != fingerprint(frame):
        raise ValidationError(
            _(
                "Konsep ini diubah orang lain sejak halaman dibuka. Periksa isinya, "
                "lalu simpan lagi bila perubahan Anda tetap berlaku."
            ),
            code="stale",
        )
    before = {name: str(getattr(frame, name)) for name in fields}
    for name, value in fields.items():
        setattr(frame, name, value)
    frame.full_clean()
    frame.save()
    old = {row.pk: row for row in contents(frame)}
    kept = {part.pk for part in dimensions}
    Dimension.objects.filter(frame=frame, pk__in=old.keys() - kept).delete()
    codes = {row.code for row in old.values()}
    for position, part in enumerate(dimensions, start=1):
        row = old.get(part.pk or 0) or Dimension(
            frame=frame, code=_code(part.code or part.name, codes)
        )
        row.name, row.weight, row.position = part.name, part.weight, position
        _checked(row, part.name)
        row.save()
        _edit_indicators(row, part.indicators)
    _note(
        by,
        "security.edit_frame",
        frame,
        before=before,
        after={name: str(getattr(frame, name)) for name in fields},
        dimensions=[_plain(part) for part in dimensions],
    )
    return frame


@action
def publish_frame(*, by: Actor, frame: Frame) -> Frame:
    """Puts a draft in force; the version before it, in the same place, is retired."""
    require(by, "security.keep_frames", frame)
    frame = _draft(frame)
    dimensions = contents(frame)
    if not dimensions:
        raise ValidationError(_("Kerangka perlu paling sedikit satu dimensi."))
    for dimension in dimensions:
        if not dimension.indicators.all():
            raise ValidationError(
                _("Dimensi “%(name)s” belum punya indikator.") % {"name": dimension.name}
            )
    for before in Frame.objects.filter(
        code=frame.code, region=frame.region_id, state=FrameState.PUBLISHED
    ):
        before.state = FrameState.RETIRED
        before.save(update_fields=["state"])
    frame.state = FrameState.PUBLISHED
    frame.published_at = timezone.now()
    frame.full_clean()
    frame.save()
    _note(by, "security.publish_frame", frame)
    return frame


@action
def discard_frame(*, by: Actor, frame: Frame) -> None:
    """Removes a draft with its contents."""
    require(by, "security.keep_frames", frame)
    frame = _draft(frame)
    _note(by, "security.discard_frame", frame)
    frame.delete()


def _draft(frame: Frame) -> Frame:
    """The draft as it is now, locked; ValidationError when it is none any more."""
    _lock(frame.code)
    fresh: Frame | None = (
        Frame.objects.select_related("region").filter(pk=frame.pk, state=FrameState.DRAFT).first()
    )
    if fresh is None:
        raise ValidationError(
            _("Versi ini bukan konsep lagi. Buat versi baru untuk mengubahnya."), code="stale"
        )
    return fresh


def _lock(code: str) -> None:
    """One writer at a time among all versions of a frame."""
    list(Frame.objects.select_for_update(no_key=True).filter(code=code).values_list("pk"))


def _fill(frame: Frame, dimensions: Sequence[DimensionPart]) -> None:
    """Stores contents that the product brings, in few queries."""
    rows = [
        Dimension(frame=frame, code=part.code, name=part.name, weight=part.weight, position=number)
        for number, part in enumerate(dimensions, start=1)
    ]
    for row in rows:
        row.clean_fields(exclude=["frame"])
    Dimension.objects.bulk_create(rows)
    indicators = [
        Indicator(
            dimension=row,
            code=part.code,
            name=part.name,
            guidance=part.guidance,
            weight=part.weight,
            position=number,
        )
        for row, whole in zip(rows, dimensions, strict=True)
        for number, part in enumerate(whole.indicators, start=1)
    ]
    for indicator in indicators:
        indicator.clean_fields(exclude=["dimension"])
    Indicator.objects.bulk_create(indicators)


def _edit_indicators(dimension: Dimension, parts: Sequence[IndicatorPart]) -> None:
    old = {row.pk: row for row in dimension.indicators.all()}
    kept = {part.pk for part in parts}
    Indicator.objects.filter(dimension=dimension, pk__in=old.keys() - kept).delete()
    codes = {row.code for row in old.values()}
    for position, part in enumerate(parts, start=1):
        row = old.get(part.pk or 0) or Indicator(
            dimension=dimension, code=_code(part.code or part.name, codes)
        )
        row.name, row.guidance, row.weight = part.name, part.guidance, part.weight
        row.position = position
        _checked(row, part.name)
        row.save()


def _checked(row: Dimension | Indicator, name: str) -> None:
    """Checks a part; what is wrong with it is said with its name."""
    try:
        row.clean_fields(exclude=["frame", "dimension"])
    except ValidationError as error:
        raise ValidationError([f"“{name}”: {words}" for words in error.messages]) from error


def _code(name: str, taken: set[str]) -> str:
    """A short code from a name that no sibling has; noted as taken."""
    stem = slugify(name)[:CODE_LENGTH].strip("-") or "bagian"
    code, number = stem, 2
    while code in taken:
        ending = f"-{number}"
        code, number = stem[: CODE_LENGTH - len(ending)] + ending, number + 1
    taken.add(code)
    return code


def _plain(part: DimensionPart) -> dict[str, Any]:
    """A part as the audit trail keeps it."""
    whole = asdict(part)
    return whole | {
        "weight": str(part.weight),
        "indicators": [row | {"weight": str(row["weight"])} for row in whole["indicators"]],
    }


def _note(by: Actor, act: str, frame: Frame, **data: Any) -> None:
    record(by=by, act=act, target=frame, region=frame.region_id or "", name=str(frame), **data)
