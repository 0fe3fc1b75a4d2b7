"""Early warnings: computed from what happened, shown with their reasons, deciding nothing."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forkopimda.alerts import actions as alerts
from forkopimda.alerts.models import Alert, Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.elections.models import Election
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.regions.models import Neighbour
from security import actions
from security.models import EarlyWarning, RiskRating
from security.tasks import refresh_due_warnings, refresh_warnings
from security.warning import refreshing
from security.warning.soon import soon
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .assessing import assess
from .happening import computed, rated, rejected, reported, share, verified

TIRAM = "12.19.06"  # Tanjung Tiram, far from Laut Tador


@pytest.fixture
def regency(regions):
    return regions[BATU_BARA]


def early_alerts():
    return Alert.objects.filter(kind="early_warning")


def test_a_verified_incident_raises_the_index_and_its_neighbours_a_little(regions, regency):
    before = computed(regency)
    assert len(before) == 12
    assert {warning.index for warning in before.values()} == {0}

    verified(regions[LAUT_TADOR], "critical")
    after = computed(regency)

    assert share(after[LAUT_TADOR], "incidents") > 30
    assert 0 < share(after[SEI_SUKA], "neighbours") < share(after[LAUT_TADOR], "incidents")
    assert after[TIRAM].index == 0


def test_a_report_counts_once_it_is_verified_and_no_more_once_it_is_rejected(regions, regency):
    incident = reported(regions[LAUT_TADOR], "moderate")
    assert computed(regency)[LAUT_TADOR].index == 0

    incident = actions.step_incident(by=SYSTEM, incident=incident, state="verified")
    assert computed(regency)[LAUT_TADOR].index > 0

    rejected(incident)
    assert computed(regency)[LAUT_TADOR].index == 0


def test_an_incident_beyond_the_regencys_border_counts_for_the_kecamatan_beside_it(
    regions, regency
):
    beyond = regions["12.09.08"]
    with writing():
        for one, other in ((LAUT_TADOR, beyond.pk), (beyond.pk, LAUT_TADOR)):
            Neighbour.objects.create(region_id=one, other_id=other)
    verified(beyond, "critical")

    assert share(computed(regency)[LAUT_TADOR], "neighbours") > 0


def test_an_alert_counts_until_a_police_approver_knows_of_it(regions, regency, person):
    approver, secretary = person("police_approver"), person("secretariat")
    reported(regions[LAUT_TADOR], "severe")
    assert share(computed(regency)[LAUT_TADOR], "alerts") > 0

    alerts.acknowledge(by=secretary, delivery=Delivery.objects.get(recipient=secretary))
    assert share(computed(regency)[LAUT_TADOR], "alerts") > 0

    alerts.acknowledge(by=approver, delivery=Delivery.objects.get(recipient=approver))
    assert share(computed(regency)[LAUT_TADOR], "alerts") == 0


def test_alerts_on_levels_do_not_feed_the_index_that_leads_to_them(regions, regency, person):
    person("police_approver")
    rated(regions[LAUT_TADOR], "low")
    rated(regions[LAUT_TADOR], "high")

    assert computed(regency)[LAUT_TADOR].index == 0


def test_the_voting_day_and_the_last_assessment_count(regions, regency):
    with writing():
        Election.objects.create(
            name="Pilkada",
            kind="regent",
            region=regency,
            voting_day=timezone.localdate() + timedelta(days=15),
        )
    assess(regions[LAUT_TADOR], 4)
    warnings = computed(regency)

    assert share(warnings[TIRAM], "voting") == 7.5
    assert share(warnings[TIRAM], "assessment") == 0
    assert share(warnings[LAUT_TADOR], "assessment") == 20


def test_it_never_changes_a_rating(regions, regency):
    rated(regions[LAUT_TADOR], "low")
    verified(regions[LAUT_TADOR], "critical")

    assert computed(regency)[LAUT_TADOR].level == "medium"
    assert RiskRating.objects.filter(region=LAUT_TADOR).count() == 1
    assert RiskRating.objects.get(region=LAUT_TADOR).level == "low"


def test_the_regencys_own_settings_count(regions, regency):
    verified(regions[LAUT_TADOR], "severe")
    assert computed(regency)[LAUT_TADOR].level == "low"

    actions.save_policy(by=SYSTEM, region=regency, warning_medium_from=20)
    assert computed(regency)[LAUT_TADOR].level == "medium"


def test_the_approvers_are_alerted_once_and_nobody_else(regions, regency, person):
    approver = person("police_approver")
    for role in ("viewer", "secretariat", "administrator"):
        person(role)
    rated(regions[LAUT_TADOR], "low")
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    computed(regency)

    alert = early_alerts().get()
    assert "Kecamatan Laut Tador" in alert.headline
    assert "Insiden terverifikasi" not in alert.headline
    assert "insiden terverifikasi" in alert.description
    assert [d.recipient for d in alert.deliveries.all()] == [approver]


def test_it_alerts_again_after_the_index_has_been_below_the_threshold(regions, regency, person):
    person("police_approver")
    first = verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    rejected(first)
    assert computed(regency)[LAUT_TADOR].alerted_at is None
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)

    assert early_alerts().count() == 2


def test_where_the_level_in_force_is_as_high_nobody_is_alerted(regions, regency, person):
    person("police_approver")
    rated(regions[LAUT_TADOR], "medium")
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)

    assert not early_alerts().exists()

    rated(regions[LAUT_TADOR], "low")  # too early, says the index
    computed(regency)
    assert early_alerts().count() == 1


def test_the_trail_tells_when_a_suggestion_changed_and_not_each_computation(regions, regency):
    computed(regency)
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    computed(regency)

    event = AuditEvent.objects.get(action="security.suggest_level")
    assert "menghitung saran Sedang untuk Kecamatan Laut Tador (nilai " in str(event)


def test_only_the_polres_may_ask_for_a_computation(regency, person):
    with pytest.raises(PermissionDenied):
        actions.refresh_warnings(by=person("viewer"), region=regency)
    with pytest.raises(PermissionDenied):
        actions.refresh_warnings(by=person("police_approver", ASAHAN), region=regency)
    assert actions.refresh_warnings(by=person("police_approver"), region=regency) == 12


def test_open_pages_are_told_only_when_something_changed(
    regions, regency, django_capture_on_commit_callbacks
):
    computed(regency)
    with mock.patch("security.actions.warnings.announce") as announce:
        computed(regency)
        assert not announce.called
        verified(regions[LAUT_TADOR], "minor", days=3)
        computed(regency)
    announce.assert_called_once_with("warnings", region=BATU_BARA)


def test_computing_asks_as_many_queries_for_much_history_as_for_little(
    regions, regency, django_assert_max_num_queries
):
    verified(regions[LAUT_TADOR], "minor")
    computed(regency)
    with django_assert_max_num_queries(14) as few:
        actions.refresh_warnings(by=SYSTEM, region=regency)
    for code in (LAUT_TADOR, SEI_SUKA, TIRAM):
        for _again in range(4):
            verified(regions[code], "minor")
        rated(regions[code], "low")
    with django_assert_max_num_queries(len(few)):
        actions.refresh_warnings(by=SYSTEM, region=regency)


def test_the_worker_computes_regencies_in_use_and_one_failure_stops_no_other(regions, caplog):
    rated(regions[LAUT_TADOR], "low")
    rated(regions["12.09.08"], "low")
    known_now = refreshing.actions.refresh_warnings

    def failing(*, by, region):
        if region.pk == ASAHAN:
            raise ZeroDivisionError
        return known_now(by=by, region=region)

    with mock.patch.object(refreshing.actions, "refresh_warnings", failing):
        assert refresh_warnings() == 12

    assert "12.09" in caplog.text
    assert not EarlyWarning.objects.filter(region__code__startswith=ASAHAN).exists()
    assert refresh_warnings() == 1  # Asahan's only kecamatan


def test_regencies_where_nothing_was_ever_said_are_left_alone(regions):
    assert refresh_warnings() == 0
    assert not EarlyWarning.objects.exists()


def test_what_happened_is_computed_soon_and_once(regions, django_capture_on_commit_callbacks):
    rated(regions["12.09.08"], "low")
    with (
        mock.patch("forkopimda.lib.queue.current_app.send_task") as sent,
        django_capture_on_commit_callbacks(execute=True),
    ):
        verified(regions[LAUT_TADOR], "critical")
        soon(LAUT_TADOR)

    assert mock.call("security.refresh_due_warnings", retry=False) in sent.mock_calls
    assert refresh_due_warnings() == 12
    assert not EarlyWarning.objects.filter(region__code__startswith=ASAHAN).exists()
    assert refresh_due_warnings() == 0
