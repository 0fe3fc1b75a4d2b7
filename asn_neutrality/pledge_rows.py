"""The list of units with their pledges as a table: its columns, and what is read of each row.

The headers are the same in both languages, so that what was taken out can be handed in by anybody.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from forkopimda.lib.cells import clean_text, quoted, whole
from forkopimda.lib.tables import Column, Faults, Row

from .models.unit import MOST_STAFF, UNIT_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .models import CivilUnit

REGION = Column("region", "kode_wilayah", ("wilayah", "region code", "region"))
CODE = Column("code", "kode", ("kode unit", "unit code", "code"), required=True)
NAME = Column("name", "nama", ("nama unit", "unit", "name"))
STAFF = Column("staff", "jumlah_asn", ("asn", "staff", "civil servants"))
SIGNED = Column("signed", "sudah_ikrar", ("sudah menandatangani", "signed"))
COUNTED_ON = Column("counted_on", "tanggal", ("keadaan tanggal", "date", "counted on"))
EMAIL = Column("email", "surel", ("e-mail", "email", "surel unit"))
COLUMNS = (REGION, CODE, NAME, STAFF, SIGNED, COUNTED_ON, EMAIL)
#: Columns that help who reads the table, and that nobody reads back.
FOR_THE_EYE = ("persen", "keadaan")
IGNORED = ("no", *FOR_THE_EYE)

NAME_MOST, CODE_MOST, EMAIL_MOST = 150, 30, 254
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_REGION_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2})?)?")
_BARE_CODE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})?")

#: A unit is known by its region's code and its own.
Key = tuple[str, str]


def head(*, whole: bool = False) -> list[tuple[str, int]]:
    """The columns of the Excel file with their widths; the whole has those for the eye too."""
    widths = (14, 14, 44, 12, 12, 12, 32)
    columns = [(str(column.label), width) for column, width in zip(COLUMNS, widths, strict=True)]
    return [*columns, *((name, 12) for name in FOR_THE_EYE)] if whole else columns


def cells(units: Iterable[CivilUnit]) -> Iterator[list[Any]]:
    """Each unit's cells, as the import takes them back, and two for the eye."""
    for unit in units:
        yield [
            unit.region_id,
            unit.code,
            unit.name,
            unit.staff,
            unit.signed,
            unit.counted_on,
            unit.email,
            unit.percent,
            _("tertinggal") if unit.is_behind else "",
        ]


class PledgeRow:
    """One row, read: its unit's key, what it gives of the unit, and its count, if it has one. An
    empty cell gives nothing. What is wrong goes to the report."""

    __slots__ = ("code", "counted_on", "faults", "fields", "line", "region", "signed", "sound")

    def __init__(self, row: Row, faults: Faults, region: str) -> None:
        self.line, values = row
        self.faults = faults
        self.sound = True
        self.fields: dict[str, Any] = {}
        self.region = self._region(values["region"]) if values["region"] else region
        self.code = self._code(values["code"])
        self._name(values["name"])
        self._email(values["email"])
        staff = self._number(STAFF, values["staff"])
        if staff is not None:
            self.fields["staff"] = staff
        self.signed = self._number(SIGNED, values["signed"])
        self.counted_on = self._day(values["counted_on"])
        if self.signed is not None and not values["counted_on"]:
            self.fault(COUNTED_ON, _("tanggal hitungan kosong"))
        if self.counted_on and not values["signed"]:
            self.fault(SIGNED, _("ada tanggal, tetapi jumlah yang menandatangani kosong"))

    @property
    def key(self) -> Key:
        """By what the unit is known."""
        return self.region, self.code

    def fault(self, column: Column | None, reason: str) -> None:
        """Notes what is wrong with one cell, or with the row."""
        self.sound = False
        self.faults.add(self.line, column.label if column else "", reason)

    def _region(self, text: str) -> str:
        bare = _BARE_CODE.fullmatch(text)
        code = ".".join(part for part in bare.groups() if part) if bare else text
        if not _REGION_CODE.fullmatch(code):
            words = _("{text} bukan kode wilayah; tulis seperti 12.19 atau 1219")
            self.fault(REGION, words.format(text=quoted(text)))
            return ""
        return code

    def _code(self, text: str) -> str:
        code = clean_text(text)
        if not code:
            self.fault(CODE, _("kode unit kosong"))
        elif len(code) > CODE_MOST:
            self.fault(CODE, _("lebih panjang dari {most} huruf").format(most=CODE_MOST))
        else:
            try:
                UNIT_CODE(code)
            except ValidationError as error:
                self.fault(CODE, " ".join(error.messages))
        return code

    def _name(self, text: str) -> None:
        name = clean_text(text)
        if len(name) > NAME_MOST:
            self.fault(NAME, _("lebih panjang dari {most} huruf").format(most=NAME_MOST))
        elif not name.isprintable():
            self.fault(NAME, _("berisi tanda yang tidak dapat dicetak; ketik ulang"))
        elif name:
            self.fields["name"] = name

    def _email(self, text: str) -> None:
        if not text:
            return
        try:
            validate_email(text)
        except ValidationError:
            words = _("{text} bukan alamat surel")
            self.fault(EMAIL, words.format(text=quoted(text)))
        else:
            if len(text) > EMAIL_MOST:
                self.fault(EMAIL, _("lebih panjang dari {most} huruf").format(most=EMAIL_MOST))
            self.fields["email"] = text

    def _number(self, column: Column, text: str) -> int | None:
        if not text:
            return None
        try:
            number = whole(text)
        except ValueError:
            words = _("{text} bukan jumlah orang; tulis angka saja, mis. 25")
            self.fault(column, words.format(text=quoted(text)))
            return None
        if number > MOST_STAFF:
            self.fault(column, _("lebih dari {most}").format(most=MOST_STAFF))
        return number

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return _read_day(text)
        except ValueError:
            words = _("{text} bukan tanggal; tulis seperti 2024-11-21 atau 21-11-2024")
            self.fault(COUNTED_ON, words.format(text=quoted(text)))
            return None


def _read_day(text: str) -> date:
    """A day as people and spreadsheets write it; ValueError if it is none."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day)
    return date.fromisoformat(text.partition("T")[0])
