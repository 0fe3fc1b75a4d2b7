"""Two workers compute the same regency at the same moment: the approver is alerted once."""

import pytest

from forkopimda.alerts.models import Alert
from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import EarlyWarning
from tests.conftest import BATU_BARA, LAUT_TADOR

from .happening import rated, verified
from .test_two_officers import at_once


@pytest.mark.django_db(transaction=True)
def test_two_computations_at_once_alert_once(regions, person):
    person("police_approver")
    rated(regions[LAUT_TADOR], "low")
    verified(regions[LAUT_TADOR], "critical")

    def compute():
        actions.refresh_warnings(by=SYSTEM, region=regions[BATU_BARA])

    at_once(compute, compute)

    assert Alert.objects.filter(kind="early_warning").count() == 1
    assert EarlyWarning.objects.count() == 12
