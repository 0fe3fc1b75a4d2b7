"""Levels are looked at again after a set time: what is due is listed, and called to mind twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from forkopimda.alerts.models import Alert, Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import ReviewReminder, RiskRating
from security.reviews import give_due_reminders
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

ADDRESS = "/kerawanan/tinjauan/"
#: A morning in Jakarta, which everything here is counted from.
RATED_AT = datetime(2024, 11, 1, 3, 0, tzinfo=UTC)
ON_THE_DAY = RATED_AT + timedelta(days=30)


@pytest.fixture
def clock(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(RATED_AT)
    return set_to


@pytest.fixture
def rating(clock, regions):
    return actions.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="medium", reason="x")


@pytest.fixture
def police(person):
    return [person("police_approver"), person("police_operator", LAUT_TADOR)]


def run_task():
    """As a worker runs it."""
    current_app.loader.import_default_modules()
    return current_app.tasks["security.remind_reviews"].apply().get()


def steps():
    return list(ReviewReminder.objects.order_by("pk").values_list("step", flat=True))


def test_the_police_are_reminded_on_the_day_and_three_days_later_once_each(
    rating, police, person, clock
):
    bystanders = [person("viewer"), person("police_operator", SEI_SUKA)]
    given = {}
    for days in (29, 30, 31, 32, 33, 34, 40):
        clock(RATED_AT + timedelta(days=days))
        given[days] = run_task() + run_task()

    assert {days for days, count in given.items() if count} == {30, 33}
    assert set(given.values()) == {0, 1}
    assert steps() == ["due", "overdue"]
    for officer in police:
        assert list(
            Delivery.objects.filter(recipient=officer)
            .order_by("pk")
            .values_list("alert__kind", flat=True)
        ) == ["review_due", "review_overdue"]
    assert not Delivery.objects.filter(recipient__in=bystanders).exists()
    assert "mengingatkan tinjauan tingkat Kecamatan Laut Tador" in str(
        AuditEvent.objects.filter(action="security.remind_review").first()
    )


def test_a_step_that_was_missed_is_not_made_up_for(rating, clock):
    clock(ON_THE_DAY + timedelta(days=10))

    assert give_due_reminders() == 1
    assert steps() == ["overdue"]


def test_no_phone_rings_before_the_offices_open_in_the_region(rating, clock):
    before_seven = datetime(2024, 11, 30, 23, 30, tzinfo=UTC)  # 06.30 in Jakarta
    assert give_due_reminders(now=before_seven) == 0
    assert give_due_reminders(now=before_seven + timedelta(hours=1)) == 1


def test_a_new_rating_starts_its_own_time(rating, regions, clock):
    clock(ON_THE_DAY)
    actions.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="medium", reason="tetap")

    assert give_due_reminders() == 0
    clock(ON_THE_DAY + timedelta(days=30))
    assert give_due_reminders() == 1


def test_a_rating_that_was_succeeded_meanwhile_is_not_called_to_mind(rating, regions, clock):
    clock(ON_THE_DAY)
    actions.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="low", reason="tenang")

    assert actions.remind_review(by=SYSTEM, rating=rating, step="due") is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_a_reminder_once(rating, clock):
    clock(ON_THE_DAY)
    together = threading.Barrier(2)
    given = []

    def work():
        together.wait()
        try:
            given.append(give_due_reminders())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == [0, 1]
    assert Alert.objects.filter(kind="review_due").count() == 1


def test_the_list_has_the_longest_overdue_first_then_the_never_rated(
    rating, regions, person, clock, sign_in, django_assert_max_num_queries
):
    clock(RATED_AT + timedelta(days=4))
    actions.rate_region(by=SYSTEM, region=regions[SEI_SUKA], level="low", reason="x")
    clock(RATED_AT + timedelta(days=35))
    client = sign_in(person("police_operator", LAUT_TADOR))

    with django_assert_max_num_queries(12):
        page = client.get(ADDRESS).content.decode()
    order = [page.index(name) for name in ("Laut Tador", "Sei Suka", "Datuk Lima Puluh")]
    assert order == sorted(order)
    assert "terlambat 5 hari" in page
    assert "terlambat 1 hari" in page
    assert "belum pernah" in page
    assert page.count("Tinjau Kecamatan") == 1  # its own
    assert f"/kerawanan/{LAUT_TADOR}/#tetapkan" in page
    assert "Sei Suka" not in client.get(f"{ADDRESS}?cari=laut").content.decode()
    nothing = client.get(f"{ADDRESS}?cari=zz").content.decode()
    assert "Tidak ada wilayah yang cocok" in nothing


def test_what_is_not_due_is_not_listed(rating, person, clock, sign_in):
    clock(RATED_AT + timedelta(days=29))

    page = sign_in(person("viewer")).get(ADDRESS).content.decode()

    assert f"/kerawanan/{LAUT_TADOR}/" not in page
    assert f"/kerawanan/{SEI_SUKA}/" in page  # never rated


def test_the_neighbours_reviews_are_not_listed(rating, person, clock, sign_in):
    clock(ON_THE_DAY)

    page = sign_in(person("viewer", ASAHAN)).get(ADDRESS).content.decode()

    assert LAUT_TADOR not in page
    assert "Bandar Pasir Mandoge" in page


def test_a_rating_of_before_there_were_review_days_counts_as_due(regions, person, sign_in):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO security_riskrating (region_id, scheme, level, reason, evidence,"
            " author_name, suggested_level, departure, valid_from, recorded_at)"
            " VALUES (%s, 'LOCAL_FORKOPIMDA', 'low', 'x', '', 'x', '', '', now(), now())",
            [LAUT_TADOR],
        )

    assert give_due_reminders() == 0
    page = sign_in(person("viewer")).get(f"{ADDRESS}?cari=laut").content.decode()
    assert "tidak ditentukan" in page


def test_the_dashboard_counts_the_reviews_that_the_officer_is_to_make(
    rating, person, clock, sign_in
):
    clock(ON_THE_DAY)

    assert "1 wilayah perlu ditinjau ulang" in (
        sign_in(person("police_operator", LAUT_TADOR)).get("/").content.decode()
    )
    assert "13 wilayah perlu ditinjau ulang" in (
        sign_in(person("police_approver", BATU_BARA)).get("/").content.decode()
    )


def test_the_page_of_the_region_marks_what_is_overdue(rating, person, clock, sign_in):
    clock(ON_THE_DAY + timedelta(days=1))

    page = sign_in(person("viewer")).get(f"/kerawanan/{LAUT_TADOR}/").content.decode()

    assert "Ditinjau paling lambat" in page
    assert '<strong class="late">terlambat</strong>' in page
    assert RiskRating.objects.get().review_on.isoformat() == "2024-12-01"
