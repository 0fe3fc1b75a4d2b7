"""What a unit and a count of its pledges must satisfy, whoever writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.regions.models import Level

if TYPE_CHECKING:
    from datetime import date

    from .models import CivilUnit, Pledge

#: Levels that have units of their own; a village's people belong to its kecamatan.
HOMES = (Level.PROVINCE, Level.REGENCY, Level.KECAMATAN)
UNIT_FIELDS = ("code", "name", "staff", "email", "is_active")
#: Pledges are older than the joint decree of 2022; a year before this one is a slip of the pen.
FIRST_YEAR = 2015


def check_unit(row: CivilUnit) -> None:
    """Raises ValidationError, by field, where the unit can't be."""
    if not row.name.isprintable():
        raise ValidationError({"name": _("Berisi tanda yang tidak dapat dicetak; ketik ulang.")})
    if row.signed is not None and row.staff < row.signed:
        words = _(
            "%(signed)d ASN sudah menandatangani. Bila jumlah ASN berkurang, catat hitungan baru."
        )
        raise ValidationError({"staff": words % {"signed": row.signed}})


def check_pledge(pledge: Pledge, today: date) -> None:
    """Raises ValidationError, by field, where the count can't be."""
    errors = {}
    if pledge.counted_on > today:
        errors["counted_on"] = _("Tanggal ini belum tiba.")
    elif pledge.counted_on.year < FIRST_YEAR:
        errors["counted_on"] = _("Tahunnya terlalu lama; periksa tanggalnya.")
    if pledge.staff <= 0:
        errors["staff"] = _("Isi jumlah ASN, paling sedikit 1.")
    elif pledge.signed > pledge.staff:
        words = _("Lebih banyak dari jumlah ASN, yaitu %(staff)d.")
        errors["signed"] = words % {"staff": pledge.staff}
    if errors:
        raise ValidationError(errors)


def is_latest(pledge: Pledge, unit: CivilUnit) -> bool:
    """Whether the count is the unit's standing: no later day was counted."""
    return unit.counted_on is None or pledge.counted_on >= unit.counted_on
