"""Reads region codes from CSV and checks each row by itself; the database is not asked here."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .geometry import check_on_earth
from .models import CODE_PATTERN, LEVEL_BY_LENGTH, Level, Region, TimeZone
from .zones import time_zone_of

REQUIRED = ("code", "name")
OPTIONAL = ("latitude", "longitude")
NAME_LENGTH = Region._meta.get_field("name").max_length or 0
_CODE = re.compile(CODE_PATTERN)

Values = dict[str, str]


class RegionRow(NamedTuple):
    """One region as the file has it."""

    line: int
    code: str
    name: str
    time_zone: TimeZone
    latitude: float | None
    longitude: float | None

    @property
    def level(self) -> Level:
        """The level that the code's length tells."""
        return LEVEL_BY_LENGTH[len(self.code)]

    @property
    def parent(self) -> str | None:
        """The code of the region one level above."""
        return self.code.rpartition(".")[0] or None


def read_rows(stream: BinaryIO) -> list[RegionRow]:
    """All rows of a CSV file; ValidationError lists every fault of every row."""
    text = _decode(stream.read())
    header = text.partition("\n")[0]
    comma_decimals = ";" in header
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if comma_decimals else ",", strict=True
    )
    columns = _columns(reader)
    rows: list[RegionRow] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for line, fields in _lines(reader, faults):
        if len(fields) != len(columns):
            faults.append(
                _("baris {line}: ada {count} kolom, seharusnya {expected}").format(
                    line=line, count=len(fields), expected=len(columns)
                )
            )
            continue
        values = dict(zip(columns, fields, strict=True))
        row = _Check(line, values, comma_decimals, faults).row(lines)
        if row:
            rows.append(row)
    if not rows and not faults:
        faults.append(_("Berkas tidak berisi satu baris pun."))
    if faults:
        raise ValidationError(faults)
    return rows


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ValidationError(
            _("baris {line}: bukan teks UTF-8; simpan berkas sebagai CSV UTF-8").format(line=line)
        ) from error


def _columns(reader: Iterator[list[str]]) -> list[str]:
    try:
        columns = [column.strip().lower() for column in next(reader, [])]
    except csv.Error as error:
        raise ValidationError(_("baris 1: bukan CSV ({error})").format(error=error)) from error
    known = [*REQUIRED, *OPTIONAL]
    whole = all(columns.count(column) == 1 for column in REQUIRED)
    pair = [columns.count(column) for column in OPTIONAL] in ([0, 0], [1, 1])
    if not (whole and pair and set(columns) <= set(known)):
        raise ValidationError(
            _(
                "baris 1: kolom harus code,name atau code,name,latitude,longitude; ada: {columns}"
            ).format(columns=",".join(columns) or "–")
        )
    return columns


def _lines(
    reader: csv.Reader,  # type: ignore[name-defined]  # typeshed names it _csv.Reader
    faults: list[str],
) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with their line; what is not CSV becomes a fault."""
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.append(
                _("baris {line}: tanda kutip rusak atau tidak ditutup").format(line=reader.line_num)
            )
            continue
        if any(field.strip() for field in fields):
            yield reader.line_num, fields


class _Check:
    """Checks the fields of one row; each fault names the row and the column."""

    def __init__(self, line: int, values: Values, comma_decimals: bool, faults: list[str]) -> None:
        self.line = line
        self.values = values
        self.comma_decimals = comma_decimals
        self.faults = faults

    def row(self, lines: dict[str, int]) -> RegionRow | None:
        """The row, or None when something is wrong with it; `lines` remembers codes."""
        before = len(self.faults)
        code, zone = self.code(lines)
        name = self.name()
        latitude, longitude = self.centroid()
        if len(self.faults) > before or zone is None:
            return None
        return RegionRow(self.line, code, name, zone, latitude, longitude)

    def fault(self, column: str, reason: str) -> None:
        """Notes what is wrong with one field."""
        self.faults.append(
            _("baris {line}, kolom {column}: {reason}").format(
                line=self.line, column=column, reason=reason
            )
        )

    def code(self, lines: dict[str, int]) -> tuple[str, TimeZone | None]:
        """The code and the time zone of its province."""
        code = self.values["code"].strip()
        # The pattern's \d also takes digits of other scripts; the database's does not.
        if not (code.isascii() and _CODE.fullmatch(code)):
            self.fault(
                "code",
                _("“{code}” bukan kode PP, PP.RR, PP.RR.KK atau PP.RR.KK.DDDD").format(
                    code=code[:40]
                ),
            )
            return code, None
        if code in lines:
            self.fault(
                "code", _("{code} sudah ada di baris {line}").format(code=code, line=lines[code])
            )
        lines.setdefault(code, self.line)
        zone = time_zone_of(code)
        if zone is None:
            self.fault("code", _("provinsi {code} tidak dikenal").format(code=code[:2]))
        return code, zone

    def name(self) -> str:
        """The name, composed (NFC) so that equal names are equal strings."""
        name = unicodedata.normalize("NFC", self.values["name"].strip())
        if not name:
            self.fault("name", _("nama kosong"))
        elif len(name) > NAME_LENGTH:
            self.fault(
                "name", _("nama lebih panjang dari {length} huruf").format(length=NAME_LENGTH)
            )
        elif not name.isprintable():
            self.fault("name", _("nama berisi tanda yang tidak dapat dicetak"))
        return name

    def centroid(self) -> tuple[float | None, float | None]:
        """Latitude and longitude, both or neither."""
        texts = {column: self.values.get(column, "").strip() for column in OPTIONAL}
        if not any(texts.values()):
            return None, None
        numbers = {column: self.number(column, text) for column, text in texts.items()}
        latitude, longitude = numbers["latitude"], numbers["longitude"]
        if latitude is not None and longitude is not None:
            try:
                check_on_earth(latitude, longitude)
            except ValidationError as error:
                self.fault("latitude", error.messages[0])
        return latitude, longitude

    def number(self, column: str, text: str) -> float | None:
        """A decimal number; files with semicolons may write it with a comma."""
        try:
            return float(text.replace(",", ".") if self.comma_decimals else text)
        except ValueError:
            self.fault(column, _("“{text}” bukan angka").format(text=text[:40]))
            return None
