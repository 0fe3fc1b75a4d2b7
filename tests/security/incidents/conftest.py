"""Officers and their browsers."""

import pytest

from tests.conftest import LAUT_TADOR
from tests.regions.conftest import SHARED_DATA

# The real files are not part of the project: where they are missing, their tests are not there.
collect_ignore = [] if (SHARED_DATA / "regions.csv").exists() else ["test_real_places.py"]


@pytest.fixture
def officer(person):
    """A Polsek officer of Laut Tador."""
    return person("police_operator", LAUT_TADOR)


@pytest.fixture
def client(officer, sign_in):
    """The officer's browser."""
    return sign_in(officer)


@pytest.fixture
def polres(person, sign_in):
    """The browser of the Polres."""
    return sign_in(person("police_approver"))
