"""What stands in the cells of tables that people hand in, read as they write it."""

from __future__ import annotations

import re
import unicodedata

WHOLE_DIGITS = 9
YES = {"ya", "y", "yes", "true", "1", "x", "v"}
NO = {"tidak", "t", "n", "no", "false", "0", "-"}


def decimal(text: str) -> float:
    """A decimal number, with a point or, as in Indonesian, a comma; ValueError if it is none."""
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    if not re.fullmatch(r"(?i)[+-]?[0-9]{1,12}(\.[0-9]{0,20})?(e-?[0-9]{1,2})?", text):
        raise ValueError(text)
    return float(text)


def whole(text: str) -> int:
    """A whole number of plain digits; ValueError if it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= WHOLE_DIGITS):
        raise ValueError(text)
    return int(text)


def yes_or_no(text: str) -> bool:
    """ "ya" or "tidak", as people write them; ValueError for anything else."""
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(text)


def clean_text(text: str) -> str:
    """The text in composed form, with single spaces: equal texts are equal strings."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def quoted(text: str) -> str:
    """What stands in a cell, shortened, to be named in a fault."""
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
