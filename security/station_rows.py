"""The list of stations as a table: its columns, and what is checked of each row.

A row is checked whole, so that its report names all that is to be mended. What takes the database
is asked for a batch of rows at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.elections.incoming_stations import StationRow
from forkopimda.elections.models import NUMBER_MOST, PollingStation
from forkopimda.elections.station_places import Place, PlaceCheck, centres_of
from forkopimda.lib.authority import Actor, may
from forkopimda.lib.cells import clean_text, decimal, quoted, whole, yes_or_no
from forkopimda.lib.tables import Column, Faults, Row

from .models import StationClass, StationReason

VILLAGE = Column("village", gettext_lazy("Kode desa"), ("kode", "code", "village code"), True)
NUMBER = Column("number", gettext_lazy("Nomor TPS"), ("nomor", "tps", "no tps", "station"), True)
PLACE = Column("place", gettext_lazy("Tempat"), ("place", "alamat", "lokasi"))
LATITUDE = Column("latitude", gettext_lazy("Lintang"), ("latitude", "lat"))
LONGITUDE = Column("longitude", gettext_lazy("Bujur"), ("longitude", "lon", "long", "lng"))
SPECIAL = Column("special", gettext_lazy("Khusus"), ("special", "lokasi khusus"))
CLASS = Column("risk_class", gettext_lazy("Kelas"), ("class", "kerawanan", "risk class"))
REASONS = Column("reasons", gettext_lazy("Alasan"), ("reason", "kode alasan"))
NOTE = Column("note", gettext_lazy("Catatan"), ("notes", "keterangan"))
COLUMNS = (VILLAGE, NUMBER, PLACE, LATITUDE, LONGITUDE, SPECIAL, CLASS, REASONS, NOTE)
#: Columns that help who fills in the table, and that nobody reads.
IGNORED = ("no", "nama desa", "desa", "kecamatan", "nama kecamatan", "village name")
#: The columns of a class in the table that lists are sent into, and their types.
CLASS_COLUMNS = ("risk_class", "reasons", "note")
CLASS_TYPES = ("risk_class varchar(7)", "reasons varchar(2)[]", "note varchar(500)")

CLASSES = {
    "low": StationClass.LOW,
    "low risk": StationClass.LOW,
    "kurang rawan": StationClass.LOW,
    "aman": StationClass.LOW,
    "risk": StationClass.RISK,
    "at risk": StationClass.RISK,
    "rawan": StationClass.RISK,
    "high": StationClass.HIGH,
    "high risk": StationClass.HIGH,
    "sangat rawan": StationClass.HIGH,
    "special": StationClass.SPECIAL,
    "khusus": StationClass.SPECIAL,
}
PLACE_MOST, NOTE_MOST = 200, 500
BATCH = 10_000
_CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
_BARE_CODE = re.compile(r"[0-9]{10}")
_SEPARATORS = re.compile(r"[\s,;/+]+")
_REASON_CODES = frozenset(StationReason.values)

Values = tuple[Any, ...]


def code_of(text: str) -> str:
    """A village's code with its dots, also where a file leaves them out; else the text itself."""
    if _BARE_CODE.fullmatch(text):
        return f"{text[:2]}.{text[2:4]}.{text[4:6]}.{text[6:]}"
    return text


class StationTable:
    """Checks the rows of one table for one actor, and gives what is to be sent to the database."""

    def __init__(self, by: Actor, faults: Faults, rows_most: int | None = None) -> None:
        self.by = by
        self.faults = faults
        self.rows_most = rows_most
        self.rows = 0
        self._places = PlaceCheck()

    def batches(self, rows: Iterable[Row]) -> Iterator[list[Values]]:
        """Checked rows, ten thousand at a time: the columns of a station, then those of a class.

        A row whose station is known comes even where another column is wrong, so that rows which
        name one station twice are found; nothing is stored once there is a fault.
        """
        remaining = iter(rows)
        while batch := list(islice(remaining, BATCH)):
            self.rows += len(batch)
            if self.rows_most is not None and self.rows > self.rows_most:
                self.faults.add(
                    self.rows_most + 1,
                    "",
                    _(
                        "Lebih dari {most} baris. Bagi berkasnya, atau minta operator memuatnya."
                    ).format(most=self.rows_most),
                )
                return
            yield self._checked(batch)

    def _checked(self, batch: list[Row]) -> list[Values]:
        codes = {code_of(row.values["village"]) for row in batch}
        centres = centres_of([code for code in codes if _CODE.fullmatch(code)])
        kept = {code: may(self.by, "elections.keep_stations", code) for code in centres}
        classed = {
            code: may(self.by, "security.class_station", PollingStation(village_id=code))
            for code in centres
        }
        found = []
        for row in batch:
            check = _RowCheck(row, self.faults)
            code = check.village(centres, kept, self.by)
            number = check.number()
            point = check.point(code, centres, self._places)
            place, special = check.place(), check.special()
            risk = check.risk_class(classed.get(code, True))
            if code in centres and number:
                station = StationRow(code, number, place, *point, special, row.line)
                found.append((*station.columns(), *risk))
        return found


class _RowCheck:
    """Reads the cells of one row; what is wrong with them goes to the report."""

    __slots__ = ("faults", "line", "values")

    def __init__(self, row: Row, faults: Faults) -> None:
        self.line, self.values = row
        self.faults = faults

    def fault(self, column: Column, reason: str) -> None:
        """Notes what is wrong with one cell."""
        self.faults.add(self.line, column.label, reason)

    def village(self, centres: dict[str, Place | None], kept: dict[str, bool], by: Actor) -> str:
        """The village's code."""
        code = code_of(self.values["village"])
        if code in centres:
            if not kept[code]:
                self.fault(VILLAGE, _("{code} di luar wilayah hak Anda").format(code=code))
        elif not _CODE.fullmatch(code):
            self.fault(
                VILLAGE,
                _("{text} bukan kode desa; tulis seperti 12.19.08.2001").format(text=quoted(code)),
            )
        elif not may(by, "elections.keep_stations", code):
            self.fault(VILLAGE, _("{code} di luar wilayah hak Anda").format(code=code))
        else:
            self.fault(VILLAGE, _("desa dengan kode {code} tidak dikenal").format(code=code))
        return code

    def number(self) -> int:
        """The station's number, 0 where it is not one."""
        text = self.values["number"]
        try:
            number = whole(text)
        except ValueError:
            reason = _("{text} bukan nomor; tulis angka saja, mis. 3").format(text=quoted(text))
            self.fault(NUMBER, reason if text else _("nomor TPS kosong"))
            return 0
        if 1 <= number <= NUMBER_MOST:
            return number
        self.fault(
            NUMBER,
            _("nomor {number} di luar 1 sampai {most}").format(number=number, most=NUMBER_MOST),
        )
        return 0

    def place(self) -> str:
        """The place in words."""
        return self._text(PLACE, PLACE_MOST)

    def special(self) -> bool | None:
        """Whether it is a special location; None where the table does not say."""
        text = self.values["special"]
        if not text:
            return None
        try:
            return yes_or_no(text)
        except ValueError:
            self.fault(SPECIAL, _("{text}: tulis ya atau tidak").format(text=quoted(text)))
            return None

    def point(
        self, code: str, centres: dict[str, Place | None], places: PlaceCheck
    ) -> tuple[float | None, float | None]:
        """Latitude and longitude, both or neither."""
        if not self.values["latitude"] and not self.values["longitude"]:
            return None, None
        latitude, longitude = self._degree(LATITUDE), self._degree(LONGITUDE)
        if latitude is None or longitude is None:
            return None, None
        if reason := places.fault(code, centres.get(code), latitude, longitude):
            self.fault(LATITUDE, reason)
            return None, None
        return latitude, longitude

    def _degree(self, column: Column) -> float | None:
        text = self.values[column.key]
        try:
            return decimal(text)
        except ValueError:
            if text:
                reason = _("{text} bukan derajat desimal; tulis seperti 3,2145")
                self.fault(column, reason.format(text=quoted(text)))
            else:
                self.fault(column, _("isi lintang dan bujur, atau kosongkan keduanya"))
            return None

    def risk_class(self, may_class: bool) -> tuple[str, list[str], str]:
        """Class, reasons and note; a class of "" where the table gives none."""
        text = self.values["risk_class"]
        reasons, note = self._reasons(), self._text(NOTE, NOTE_MOST)
        if not text:
            if reasons or note:
                self.fault(CLASS, _("ada alasan atau catatan tanpa kelas; isi kelasnya"))
            return "", [], ""
        if not may_class:
            self.fault(CLASS, _("kelas hanya diberikan kepolisian; kosongkan kolom ini"))
        found = CLASSES.get(" ".join(text.casefold().split()))
        if found is None:
            self.fault(
                CLASS,
                _(
                    "{text} bukan kelas; pilih kurang rawan, rawan, sangat rawan, atau khusus"
                ).format(text=quoted(text)),
            )
            return "", [], ""
        if found != StationClass.LOW and not reasons and not note and not self.values["reasons"]:
            self.fault(REASONS, _("kelas di atas kurang rawan perlu alasan atau catatan"))
        return found.value, reasons, note

    def _reasons(self) -> list[str]:
        text = self.values["reasons"]
        if not text:
            return []
        codes = [code for code in _SEPARATORS.split(text.upper()) if code]
        if unknown := [code for code in codes if code not in _REASON_CODES]:
            self.fault(
                REASONS,
                _("alasan {codes} tidak dikenal; pakai kode seperti K1 atau T3").format(
                    codes=quoted(", ".join(unknown))
                ),
            )
        return sorted({code for code in codes if code in _REASON_CODES})

    def _text(self, column: Column, most: int) -> str:
        text = self.values[column.key]
        if not text:
            return ""
        text = clean_text(text)
        if len(text) > most:
            self.fault(column, _("lebih panjang dari {most} huruf").format(most=most))
            return ""
        if not text.isprintable():
            self.fault(column, _("berisi tanda yang tidak dapat dicetak; ketik ulang"))
            return ""
        return text
