"""A rating rests on an assessment, says why it departs from its suggestion, and has an end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import RiskRating
from tests.conftest import BATU_BARA, LAUT_TADOR, SEI_SUKA

from .assessing import assess

ADDRESS = f"/kerawanan/{LAUT_TADOR}/"
EVERY_INDICATOR_WORST, NONE = 4, 0


@pytest.fixture
def suggested_high(regions):
    return assess(regions[LAUT_TADOR], EVERY_INDICATOR_WORST)


def send(client, **fields):
    return client.post(
        ADDRESS, {"level": "low", "reason": "Patroli menemukan keadaan tenang", "seen": 0} | fields
    )


def test_the_form_shows_what_the_assessment_suggests_and_why(suggested_high, person, sign_in):
    page = sign_in(person("police_approver")).get(f"{ADDRESS}?asesmen={suggested_high.pk}")

    page = page.content.decode()
    assert "Saran asesmen" in page
    assert "Saran tinggi: skor 100" in page
    assert "Alasan berbeda dari saran" in page
    assert f'name="asesmen" value="{suggested_high.pk}"' in page


def test_another_level_than_the_suggested_one_needs_a_reason_and_nothing_typed_is_lost(
    suggested_high, person, sign_in
):
    client = sign_in(person("police_approver"))

    answer = send(client, asesmen=suggested_high.pk, departure="  ", evidence="LP/7")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Asesmen menyarankan tinggi. Tulis mengapa tingkat lain dipilih." in page
    assert "Patroli menemukan keadaan tenang" in page
    assert "LP/7" in page
    assert not RiskRating.objects.exists()

    answer = send(client, asesmen=suggested_high.pk, departure="Data asesmen sebelum patroli")
    assert answer.status_code == 302
    rating = RiskRating.objects.get()
    assert rating.assessment == suggested_high
    assert (rating.suggested_level, rating.level) == ("high", "low")
    page = client.get(ADDRESS).content.decode()
    assert "Berbeda dari saran karena: Data asesmen sebelum patroli" in page
    assert f"/kerawanan/{LAUT_TADOR}/asesmen/{suggested_high.pk}/" in page


def test_the_suggested_level_needs_no_reason_to_depart(suggested_high, person, sign_in):
    client = sign_in(person("police_approver"))

    assert send(client, level="high", asesmen=suggested_high.pk).status_code == 302
    assert RiskRating.objects.get().departure == ""


@pytest.mark.parametrize("key", ["999999", "bukan-angka", "9" * 30, "elsewhere"])
def test_an_assessment_of_another_region_or_none_is_refused_and_nothing_typed_is_lost(
    regions, person, sign_in, key
):
    if key == "elsewhere":
        key = assess(regions[SEI_SUKA], NONE).pk
    client = sign_in(person("police_approver"))

    assert "Asesmen itu tidak dikenal" in client.get(f"{ADDRESS}?asesmen={key}").content.decode()
    answer = send(client, asesmen=key, departure="sudah diketik")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Asesmen itu tidak dikenal atau bukan asesmen wilayah ini" in page
    assert "Patroli menemukan keadaan tenang" in page
    assert "sudah diketik" in page
    assert f'value="{key}"' not in page
    assert not RiskRating.objects.exists()


def test_no_action_takes_the_assessment_of_another_region(regions, person):
    other = assess(regions[SEI_SUKA], NONE)

    with pytest.raises(ValidationError, match="bukan asesmen wilayah ini"):
        actions.rate_region(
            by=person("police_approver"),
            region=regions[LAUT_TADOR],
            level="low",
            reason="x",
            assessment=other,
        )


def test_an_old_assessment_backs_a_rating_only_while_no_newer_one_replaced_it(
    suggested_high, regions, person, sign_in, monkeypatch
):
    officer, later = person("police_approver"), timezone.now() + timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client = sign_in(officer)

    assert send(client, level="high", asesmen=suggested_high.pk).status_code == 302
    assess(regions[LAUT_TADOR], NONE)
    seen = RiskRating.objects.get().pk
    answer = send(client, level="high", asesmen=suggested_high.pk, seen=seen)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "sudah ada yang lebih baru" in page
    assert f'name="asesmen" value="{suggested_high.pk}"' not in page


def test_a_rating_is_due_for_review_after_the_days_that_the_regency_has_set(regions):
    region = regions[LAUT_TADOR]
    today = timezone.localdate()
    rating = actions.rate_region(by=SYSTEM, region=region, level="low", reason="x")
    assert rating.review_on == today + timedelta(days=30)

    actions.save_policy(by=SYSTEM, region=regions[BATU_BARA], review_days=7)
    rating = actions.rate_region(by=SYSTEM, region=region, level="low", reason="x")
    assert rating.review_on == today + timedelta(days=7)


def test_the_review_day_counts_from_the_day_of_the_region(regions, monkeypatch):
    past_midnight = datetime(2024, 11, 26, 17, 30, tzinfo=UTC)  # 00.30 in Jakarta
    monkeypatch.setattr(timezone, "now", lambda: past_midnight)

    rating = actions.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="low", reason="x")

    assert rating.review_on == date(2024, 12, 27)  # it is the 27th of November there


def test_the_database_refuses_a_departure_without_a_reason(suggested_high, regions):
    statement = """
        INSERT INTO security_riskrating (region_id, scheme, level, reason, evidence, author_name,
            assessment_id, suggested_level, departure, valid_from, recorded_at)
        VALUES (%s, 'LOCAL_FORKOPIMDA', 'low', 'x', '', 'x', %s, 'high', ' ', now(), now())
    """
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [LAUT_TADOR, suggested_high.pk])
