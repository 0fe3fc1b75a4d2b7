"""Cases in the register."""

import datetime

import pytest

from asn_neutrality import actions
from forkopimda.lib.authority import SYSTEM
from tests.conftest import BATU_BARA


@pytest.fixture
def open_case(regions):
    """Enters a report: `open_case("12.19", kind="hoax")`."""

    def make(code=BATU_BARA, kind="social_media", day=datetime.date(2024, 11, 20), by=SYSTEM):
        return actions.open_case(by=by, region=regions[code], kind=kind, received_on=day)

    return make
