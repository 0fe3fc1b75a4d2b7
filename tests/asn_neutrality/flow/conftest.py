"""A case that came in, opened by its examiner, whose key is unlocked in the browser too."""

import pytest

from tests.asn_neutrality.made import unlock_desk

from . import flowing


@pytest.fixture
def user(examiner):
    return examiner()


@pytest.fixture
def case(user, report):
    return report(standing="confidential", identity={"name": "Fulanah"}).report.case


@pytest.fixture
def opened(user, case):
    return flowing.open_by(user, case)


@pytest.fixture
def client(sign_in, user, case):
    return unlock_desk(sign_in(user), user, [case])
