"""What the tests of pledges share: a unit, its pages, a count, and what a page says."""

import datetime
import itertools
import re

from asn_neutrality import actions
from asn_neutrality.models import CivilUnit
from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region
from tests.conftest import BATU_BARA

_serial = itertools.count(1)
LIST = "/netralitas-asn/ikrar/"
DAY = datetime.date(2024, 11, 20)


def make_unit(place=BATU_BARA, **fields):
    """A unit of the region: `make_unit(name="Dinas Uji", staff=10, signed=4)`."""
    signed, day = fields.pop("signed", None), fields.pop("counted_on", DAY)
    number = next(_serial)
    staff = fields.pop("staff", 10)
    unit = actions.save_unit(
        by=SYSTEM,
        region=Region.objects.get(pk=place),
        staff=staff,
        code=fields.pop("code", f"U-{number}"),
        name=fields.pop("name", f"Dinas Uji {number}"),
        **fields,
    )
    if signed is not None:
        actions.note_pledge(by=SYSTEM, unit=unit, counted_on=day, signed=signed, staff=staff)
    return CivilUnit.objects.get(pk=unit.pk)


def text(answer):
    """The page's words without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page_of(unit, what=""):
    return f"{LIST}unit/{unit.pk}/{what}"


def count(client, unit, **fields):
    form = {"counted_on": "2024-11-21", "signed": 6, "staff": 12, **fields}
    return client.post(page_of(unit, "catat/"), form)
