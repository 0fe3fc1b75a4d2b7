"""The list of units as a table: its columns, and what is checked of each row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.cells import clean_text, quoted, whole, yes_or_no
from forkopimda.lib.tables import Column, Faults, Row

from .models import UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .models import Unit

REGION = Column(
    "region", gettext_lazy("Kode wilayah"), ("kode wilayah", "kode", "region code", "code"), True
)
NAME = Column("name", gettext_lazy("Nama"), ("nama", "nama satuan", "unit", "unit name"), True)
KIND = Column("kind", gettext_lazy("Jenis"), ("jenis", "jenis satuan", "type"), True)
STRENGTH = Column(
    "strength",
    gettext_lazy("Kekuatan"),
    ("kekuatan", "kekuatan (orang)", "jumlah orang", "strength (people)", "people"),
    True,
)
PHONE = Column(
    "phone", gettext_lazy("Telepon piket"), ("telepon piket", "telepon", "telp", "duty phone")
)
IN_USE = Column("in_use", gettext_lazy("Aktif"), ("aktif", "active"))
COLUMNS = (REGION, NAME, KIND, STRENGTH, PHONE, IN_USE)
#: Columns that help who reads the table, and that nobody reads back.
IGNORED = ("no", "nama wilayah", "region name")

#: What a kind is called in either language, beside its own name.
KINDS = {
    "sector police": UnitKind.POLSEK,
    "kepolisian sektor": UnitKind.POLSEK,
    "resort police": UnitKind.POLRES,
    "kepolisian resor": UnitKind.POLRES,
    "mobile brigade": UnitKind.BRIMOB,
    "brigade mobil": UnitKind.BRIMOB,
    "military subdistrict command": UnitKind.KORAMIL,
    "komando rayon militer": UnitKind.KORAMIL,
    "satpol_pp": UnitKind.SATPOL_PP,
    "public order police": UnitKind.SATPOL_PP,
    "satuan polisi pamong praja": UnitKind.SATPOL_PP,
    "community protection": UnitKind.LINMAS,
    "perlindungan masyarakat": UnitKind.LINMAS,
    "cadangan": UnitKind.RESERVE,
    "reserve": UnitKind.RESERVE,
}
NAME_MOST = 120
_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
_BARE_CODE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})?([0-9]{4})?")

#: A unit is known by its region's code and its name.
Key = tuple[str, str]


def head() -> list[tuple[str, int]]:
    """The columns of the Excel file with their widths."""
    widths = {REGION: 14, NAME: 32, KIND: 12, STRENGTH: 10, PHONE: 18, IN_USE: 8}
    columns = [(str(column.label), widths[column]) for column in COLUMNS]
    columns.insert(1, (_("Nama wilayah"), 26))
    return columns


def cells(units: Iterable[Unit]) -> Iterator[list[Any]]:
    """Each unit's cells, as the import takes them back."""
    for unit in units:
        yield [
            unit.region_id,
            unit.region.title,
            unit.name,
            unit.get_kind_display(),
            unit.strength,
            unit.phone,
            _("ya") if unit.in_use else _("tidak"),
        ]


def code_of(text: str) -> str:
    """A region's code with its dots, also where a file leaves them out; "" where it is none."""
    if bare := _BARE_CODE.fullmatch(text):
        return ".".join(part for part in bare.groups() if part)
    return text if _CODE.fullmatch(text) else ""


class UnitRow:
    """One row, read: the unit's key, and what it gives of a unit's fields. An empty cell of a
    column that is not required gives nothing. What is wrong goes to the report."""

    __slots__ = ("code", "faults", "fields", "line", "name", "sound")

    def __init__(self, row: Row, faults: Faults) -> None:
        self.line, values = row
        self.faults = faults
        self.sound = True
        self.fields: dict[str, Any] = {}
        self.code = self._code(values["region"])
        self.name = self._name(values["name"])
        self._kind(values["kind"])
        self._strength(values["strength"])
        if values["phone"]:
            self.fields["phone"] = clean_text(values["phone"])
        self._in_use(values["in_use"])

    @property
    def key(self) -> Key:
        """By what the unit is known."""
        return self.code, self.name

    def fault(self, column: Column | None, reason: str) -> None:
        """Notes what is wrong with one cell, or with the row."""
        self.sound = False
        self.faults.add(self.line, column.label if column else "", reason)

    def _code(self, text: str) -> str:
        code = code_of(text)
        if not text:
            self.fault(REGION, _("kode wilayah kosong"))
        elif not code:
            words = _("{text} bukan kode wilayah; tulis seperti 12.19.08 atau 121908")
            self.fault(REGION, words.format(text=quoted(text)))
        return code

    def _name(self, text: str) -> str:
        name = clean_text(text)
        if not name:
            self.fault(NAME, _("nama satuan kosong"))
        elif len(name) > NAME_MOST:
            self.fault(NAME, _("lebih panjang dari {most} huruf").format(most=NAME_MOST))
        elif not name.isprintable():
            self.fault(NAME, _("berisi tanda yang tidak dapat dicetak; ketik ulang"))
        return name

    def _kind(self, text: str) -> None:
        known = KINDS | {str(kind.label).casefold(): kind for kind in UnitKind}
        kind = known.get(clean_text(text).casefold())
        if kind is None:
            words = _("{text} bukan jenis satuan; pilih {kinds}").format(
                text=quoted(text), kinds=", ".join(str(each.label) for each in UnitKind)
            )
            self.fault(KIND, words if text else _("jenis satuan kosong"))
        else:
            self.fields["kind"] = kind.value

    def _strength(self, text: str) -> None:
        try:
            self.fields["strength"] = whole(text)
        except ValueError:
            words = _("{text} bukan jumlah orang; tulis angka saja, mis. 25")
            self.fault(STRENGTH, words.format(text=quoted(text)) if text else _("kekuatan kosong"))

    def _in_use(self, text: str) -> None:
        if not text:
            return
        try:
            self.fields["in_use"] = yes_or_no(text)
        except ValueError:
            self.fault(IN_USE, _("{text}: tulis ya atau tidak").format(text=quoted(text)))
