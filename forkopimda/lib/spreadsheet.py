"""Excel files, written row by row, in which no text is ever a formula."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

#: Characters that XML does not know.
_UNKNOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Texts that a spreadsheet takes for a formula when they are typed.
_FORMULA = ("=", "+", "-", "@")
_LONGEST = 32_767  # characters that a cell of Excel holds
_LONGEST_TITLE = 31  # and the name of a sheet


def write(title: str, head: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A temporary file with one sheet, at its start; closed, it is gone.

    `head` gives name and width of each column; rows hold texts, numbers and dates.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:_LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    for number, (_name, width) in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name, _width in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  # the response closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = _UNKNOWN.sub("", value)[:_LONGEST]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_FORMULA):
            cell.quotePrefix = True  # stays a text when it is edited, too
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell
