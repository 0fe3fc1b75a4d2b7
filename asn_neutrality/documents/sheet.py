"""What all printed documents of a case share: letterhead, clocks, presumption, file name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import override

from forkopimda.lib.pdf import render
from forkopimda.lib.templatetags.words import zone_name
from forkopimda.meetings.models import Letterhead

if TYPE_CHECKING:
    from forkopimda.people.models import User
    from forkopimda.regions.models import Region

    from ..models import Case

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
LANGUAGE = "id"
DESK = "Meja Netralitas Aparatur Sipil Negara"
PRESUMPTION = (
    "Laporan adalah dugaan. Pihak yang dilaporkan dianggap tidak bersalah sampai ada putusan."
)


def make(
    template: str, region: Region, content: dict[str, Any], *, at: datetime, by: User | None = None
) -> bytes:
    """The PDF of `template`, dated `at`; its foot says when it was printed, and `by` whom."""
    with override(LANGUAGE):
        local = timezone.localtime(at, ZoneInfo(region.time_zone))
        made = f"{formats.date_format(local, 'DATETIME_FORMAT')} {zone_name(local)}"
        data = {"issued": written(local.date()), **content}
        printed = f"Dicetak {made} oleh {by}." if by else f"Dicetak {made}."
        data["foot"] = f"{content['foot']} {printed}"
    return render(TEMPLATES / f"{template}.typ", data, at=at)


def presumption(case: Case) -> str:
    """The sentence on every document until a breach is decided."""
    return "" if case.is_decided else PRESUMPTION


def written(day: date) -> str:
    """A day as "21 November 2024"."""
    with override(LANGUAGE):
        return str(formats.date_format(day, "DATE_FORMAT"))


def desk_head(region: Region) -> dict[str, str]:
    """The head of what the desk itself hands out."""
    return {"first_line": DESK, "second_line": region.title, "address": ""}


def head_of(user: User, region: Region) -> dict[str, str]:
    """The letterhead of the examiner's institution, else its name, else the desk's head."""
    if user.institution is None:
        return desk_head(region)
    kept = Letterhead.objects.filter(institution=user.institution).first()
    if kept is None:
        return {
            "first_line": user.institution.name,
            "second_line": "",
            "address": "",
        }
    return {
        "first_line": kept.first_line,
        "second_line": kept.second_line,
        "address": kept.address,
    }


def file_name(label: str, number: str) -> str:
    """How a downloaded document is called: by its kind and the number in the register."""
    return f"{label} {number.replace('/', '-')}.pdf"
