"""Tables that people hand in, as CSV or Excel: read row by row, each fault by row and column.

CSV is UTF-8 with or without a byte order mark, separated by commas or, as a spreadsheet in
Indonesian writes it, by semicolons; of an Excel file the first sheet is read. A reader that finds
something wrong notes it in `Faults` and goes on, so that one look at the report mends the file.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PACKED = b"PK\x03\x04"
SHOWN = 200
SPOOL_BYTES = 1024 * 1024
UNPACKED_MOST = 120 * 1024 * 1024
#: What openpyxl raises on a file that only looks like one of Excel's.
UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    NotImplementedError,
    OSError,
    EOFError,
    zlib.error,
)


@dataclass(frozen=True)
class Column:
    """A column: its key in the program, the header that readers are shown, other headers taken."""

    key: str
    label: str | StrPromise
    names: tuple[str, ...] = ()
    required: bool = False


class Row(NamedTuple):
    """One row: its number in the file, and the text of each column by key, without outer space."""

    line: int
    values: dict[str, str]


class Fault(NamedTuple):
    """What is wrong where, and what to do; the column is empty where it concerns the row."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.column:
            return _("baris {line}: {reason}").format(line=self.line, reason=self.reason)
        return _("baris {line}, kolom {column}: {reason}").format(
            line=self.line, column=self.column, reason=self.reason
        )


class Faults:
    """All faults of a table. The first ones are at hand, all of them in a temporary file."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Fault] = []
        self._file: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115  # closed below
            SPOOL_BYTES, "w+", encoding="utf-8", newline=""
        )
        weakref.finalize(self, self._file.close)
        self._write = csv.writer(self._file).writerow

    def add(self, line: int, column: str | StrPromise, reason: str) -> None:
        """Notes a fault."""
        fault = Fault(line, str(column), reason)
        if self.count < SHOWN:
            self.first.append(fault)
        self.count += 1
        self._write(fault)

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Fault]:
        self._file.seek(0)
        for line, column, reason in csv.reader(self._file):
            yield Fault(int(line), column, reason)
        self._file.seek(0, io.SEEK_END)


def report(faults: Faults) -> bytes:
    """All faults as a CSV file that a spreadsheet in Indonesian opens by a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("baris"), _("kolom"), _("yang harus diperbaiki")])
    writer.writerows(faults)
    return text.getvalue().encode("utf-8-sig")


def read_table(
    stream: BinaryIO,
    columns: Sequence[Column],
    faults: Faults,
    *,
    ignored: Iterable[str] = (),
    unpacked_most: int | None = UNPACKED_MOST,
) -> Iterator[Row]:
    """The rows of a table that are not blank, one at a time.

    Headers are taken in whatever order and case; a column that is neither known nor `ignored` is
    a fault, as is a row that does not fit the header. What a packed file holds is bounded by
    `unpacked_most` bytes; None leaves it unbounded, for files of the operator's own.
    """
    stream.seek(0)
    packed = stream.read(len(PACKED)) == PACKED
    stream.seek(0)
    lines = _excel(stream, faults, unpacked_most) if packed else _csv(stream, faults)
    header = next(lines, None)
    if header is None:
        if not faults:
            faults.add(1, "", _("Berkas kosong. Isi baris pertama dengan nama kolom."))
        return
    places = _places(header[1], columns, faults, ignored)
    if places is None:
        return
    width = len(header[1])
    blank = {column.key: "" for column in columns}
    empty = True
    for line, fields in lines:
        empty = False
        if len(fields) > width and any(field.strip() for field in fields[width:]):
            faults.add(
                line,
                "",
                _("ada {count} kolom, padahal judulnya {expected}; periksa tanda pemisah").format(
                    count=len(fields), expected=width
                ),
            )
            continue
        if len(fields) < width and not packed:
            faults.add(
                line,
                "",
                _("hanya ada {count} kolom dari {expected}; periksa tanda pemisah").format(
                    count=len(fields), expected=width
                ),
            )
            continue
        have = len(fields)
        yield Row(
            line,
            blank | {key: fields[at].strip() for key, at in places if at < have},
        )
    if empty and not faults:
        faults.add(header[0], "", _("Berkas tidak berisi satu baris data pun."))


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", " ", header.casefold()).strip()


def _places(
    header: list[str], columns: Sequence[Column], faults: Faults, ignored: Iterable[str]
) -> list[tuple[str, int]] | None:
    """Which column stands where; None, with the faults noted, where the header is not usable."""
    known = {
        _plain(str(name)): column
        for column in columns
        for name in (column.key, column.label, *column.names)
    }
    let_be = {_plain(name) for name in ignored}
    found: dict[str, int] = {}
    before = faults.count
    for at, name in enumerate(header):
        plain = _plain(name)
        column = known.get(plain)
        if column is None:
            if plain and plain not in let_be:
                faults.add(
                    1,
                    name.strip()[:60],
                    _("Kolom tidak dikenal. Yang dikenal: {names}.").format(
                        names=", ".join(str(each.label) for each in columns)
                    ),
                )
        elif column.key in found:
            faults.add(1, column.label, _("Kolom ini ada dua kali. Hapus salah satunya."))
        else:
            found[column.key] = at
    for column in columns:
        if column.required and column.key not in found:
            faults.add(1, column.label, _("Kolom ini harus ada."))
    return None if faults.count > before else list(found.items())


def _csv(stream: BinaryIO, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        head = next((line for line in text if line.strip()), "")
        text.seek(0)
        delimiter = max(";,\t", key=head.count)
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        yield from _csv_lines(reader, faults)
    except UnicodeDecodeError:
        faults.add(
            _undecodable(stream),
            "",
            _("bukan teks UTF-8; simpan ulang sebagai CSV UTF-8 atau Excel"),
        )
    finally:
        text.detach()


def _csv_lines(reader: Any, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.add(reader.line_num, "", _("tanda kutip rusak atau tidak ditutup"))
            continue
        if any(field.strip() for field in fields):
            yield reader.line_num, fields


def _undecodable(stream: BinaryIO) -> int:
    """The number of the first line that is not UTF-8."""
    stream.seek(0)
    number = 0
    for number, line in enumerate(stream, start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return number


def _excel(
    stream: BinaryIO, faults: Faults, unpacked_most: int | None
) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(stream) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if unpacked_most is not None and size > unpacked_most:
            faults.add(1, "", _("Berkas Excel ini terlalu besar setelah dibuka. Bagi menjadi dua."))
            return
        stream.seek(0)
        book = load_workbook(stream, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            fields = [_text(cell) for cell in cells]
            while fields and not fields[-1].strip():
                fields.pop()
            if fields:
                yield number, fields
    except UNREADABLE:
        faults.add(1, "", _("Berkas tidak dapat dibaca sebagai Excel. Simpan ulang sebagai .xlsx."))


def _text(cell: Any) -> str:
    """A cell as it would stand in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell))
        text = repr(cell)
        return format(cell, ".15f") if "e" in text else text
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
