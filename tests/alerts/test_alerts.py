"""A raised level alerts the officials concerned; each of them says that they know."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from forkopimda.alerts import actions as alerts
from forkopimda.alerts.models import Alert, Delivery
from forkopimda.lib.authority import SYSTEM
from security import actions as security
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA


@pytest.fixture
def raise_level(regions):
    def rate(by=SYSTEM, *levels):
        for level in levels or ("low", "medium"):
            security.rate_region(
                by=by, region=regions[LAUT_TADOR], level=level, reason=f"alasan {level}"
            )

    return rate


def test_raising_a_level_reaches_the_officials_of_the_region_and_nobody_else(person, raise_level):
    concerned = {
        person("viewer", BATU_BARA),
        person("police_approver", BATU_BARA),
        person("secretariat", BATU_BARA),
        person("police_operator", LAUT_TADOR),
    }
    person("viewer", ASAHAN)
    person("police_operator", SEI_SUKA)
    person("auditor", BATU_BARA)
    person(None)

    raise_level()

    assert {delivery.recipient for delivery in Delivery.objects.all()} == concerned


def test_whoever_raises_the_level_is_not_told_of_their_own_act(person, raise_level):
    officer, colleague = person("police_approver"), person("viewer")

    raise_level(officer)

    assert [delivery.recipient for delivery in Delivery.objects.all()] == [colleague]


def test_an_account_that_is_switched_off_gets_nothing(person, raise_level):
    from forkopimda.people import actions as people

    left = person("viewer")
    people.edit_user(by=SYSTEM, user=left, is_active=False)

    raise_level()

    assert not Delivery.objects.exists()


@pytest.mark.parametrize("levels", [("low",), ("medium", "medium"), ("high", "low")])
def test_a_first_rating_a_confirmation_or_a_lowering_alerts_nobody(person, raise_level, levels):
    person("viewer")

    raise_level(SYSTEM, *levels)

    assert not Alert.objects.exists()


def test_rating_and_alert_are_stored_together_or_not_at_all(person, raise_level, monkeypatch):
    person("viewer")
    raise_level(SYSTEM, "low")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE alerts_delivery ADD CONSTRAINT broken CHECK (id < 0) NOT VALID")
    with pytest.raises(IntegrityError), transaction.atomic():
        raise_level(SYSTEM, "high")

    from security.models import RiskRating

    assert RiskRating.objects.of(LAUT_TADOR).get().level == "low"


def test_the_inbox_shows_the_alert_and_the_reader_acknowledges_it(person, sign_in, raise_level):
    official = person("viewer")
    raise_level(SYSTEM, "low", "high")
    client = sign_in(official)

    page = client.get("/peringatan/").content.decode()
    assert "Kerawanan Kecamatan Laut Tador naik menjadi tinggi" in page
    assert "alasan high" in page
    delivery = Delivery.objects.get(recipient=official)
    assert delivery.seen_at is not None
    assert delivery.acknowledged_at is None

    client.post(f"/peringatan/{delivery.pk}/diketahui/")
    first = Delivery.objects.get(pk=delivery.pk).acknowledged_at
    assert first is not None
    assert "Anda nyatakan diketahui" in client.get("/peringatan/").content.decode()

    client.post(f"/peringatan/{delivery.pk}/diketahui/")
    assert Delivery.objects.get(pk=delivery.pk).acknowledged_at == first
    waiting = client.get("/peringatan/?tampil=belum").content.decode()
    assert "Tidak ada yang menunggu" in waiting


def test_an_english_reader_gets_the_alert_in_english(person, sign_in, raise_level):
    official = person("viewer", language="en")
    raise_level()

    page = sign_in(official).get("/peringatan/").content.decode()

    assert "Kecamatan Laut Tador: risk level raised to medium" in page


def test_nobody_acknowledges_for_somebody_else(person, sign_in, raise_level):
    official, other = person("viewer"), person("viewer")
    raise_level()
    delivery = Delivery.objects.get(recipient=official)

    assert sign_in(other).post(f"/peringatan/{delivery.pk}/diketahui/").status_code == 404
    with pytest.raises(PermissionDenied):
        alerts.acknowledge(by=other, delivery=delivery)
    assert Delivery.objects.get(pk=delivery.pk).acknowledged_at is None


def test_the_database_keeps_alerts_and_acknowledgements(person, sign_in, raise_level):
    official = person("viewer")
    raise_level()
    delivery = Delivery.objects.get()
    alerts.acknowledge(by=official, delivery=delivery)
    for statement in (
        "UPDATE alerts_delivery SET acknowledged_at = NULL",
        "DELETE FROM alerts_delivery",
        "UPDATE alerts_alert SET headlines = '{}'",
        "DELETE FROM alerts_alert",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_inbox_asks_no_more_queries_when_it_is_long(
    person, sign_in, raise_level, django_assert_max_num_queries
):
    official = person("viewer")
    client = sign_in(official)
    for _ in range(15):
        raise_level()
    assert Delivery.objects.count() == 15
    client.get("/peringatan/")

    with django_assert_max_num_queries(8):
        client.get("/peringatan/")


def test_a_look_at_the_inbox_without_its_page_is_not_seeing_it(person, sign_in, raise_level):
    reader = person("viewer")
    raise_level()
    client = sign_in(reader)

    assert client.head("/peringatan/").status_code == 200
    assert Delivery.objects.get(recipient=reader).seen_at is None
    client.get("/peringatan/")
    assert Delivery.objects.get(recipient=reader).seen_at is not None
