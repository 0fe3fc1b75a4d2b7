"""The police rate regions; every rating is kept, and nobody else writes one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import WriteOutsideAction
from security import actions
from security.models import RiskRating
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

ADDRESS = f"/kerawanan/{LAUT_TADOR}/"


def rate(client, level="medium", reason="Unjuk rasa di depan kantor camat", seen="0", **more):
    return client.post(
        more.pop("address", ADDRESS), {"level": level, "reason": reason, "seen": seen, **more}
    )


def test_an_officer_of_the_polres_rates_a_kecamatan_and_the_page_shows_it(person, sign_in):
    client = sign_in(person("police_approver", BATU_BARA, display_name="Bagops Polres"))

    answer = rate(client, evidence="LP/12/XI/2024")

    assert answer.status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "Tingkat Kecamatan Laut Tador dicatat: Sedang." in page
    assert "Unjuk rasa di depan kantor camat" in page
    assert "LP/12/XI/2024" in page
    assert "Bagops Polres" in page


def test_an_officer_of_a_polsek_rates_their_own_kecamatan_where_no_approval_is_needed(
    person, regions, sign_in
):
    actions.save_policy(by=SYSTEM, region=regions[BATU_BARA], approval=False)
    client = sign_in(person("police_operator", LAUT_TADOR))

    assert "Tetapkan tingkat" in client.get(ADDRESS).content.decode()
    assert rate(client).status_code == 302
    assert RiskRating.objects.of(LAUT_TADOR).get().level == "medium"
    assert rate(client, address=f"/kerawanan/{SEI_SUKA}/").status_code == 403


def test_an_officer_of_a_polsek_sees_no_form_for_another_kecamatan_and_can_not_send_one(
    person, sign_in
):
    client = sign_in(person("police_operator", LAUT_TADOR))
    address = f"/kerawanan/{SEI_SUKA}/"

    assert "Siapa yang menilai" in client.get(address).content.decode()
    assert rate(client, address=address).status_code == 403
    assert not RiskRating.objects.exists()


@pytest.mark.parametrize(
    "role",
    ["viewer", "secretariat", "asn_examiner", "election_officer", "auditor", "administrator"],
)
def test_nobody_but_the_police_rates(person, sign_in, role):
    client = sign_in(person(role, BATU_BARA))

    assert rate(client).status_code == 403
    assert not RiskRating.objects.exists()


def test_police_of_the_neighbouring_regency_find_no_such_region(person, sign_in):
    client = sign_in(person("police_approver", ASAHAN))

    assert client.get(ADDRESS).status_code == 404
    assert rate(client).status_code == 404


def test_only_the_polres_declares_the_level_of_the_regency(person, regions):
    with pytest.raises(PermissionDenied):
        actions.rate_region(
            by=person("police_operator", LAUT_TADOR),
            region=regions[BATU_BARA],
            level="high",
            reason="-",
        )
    rating = actions.rate_region(
        by=person("police_approver"), region=regions[BATU_BARA], level="low", reason="Terkendali"
    )
    assert rating.level == "low"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"reason": "   "}, "Bidang ini tidak boleh kosong"),
        ({"level": "extreme"}, "Masukkan pilihan yang valid"),
        ({"reason": "a" * 2001}, "Pastikan nilai ini mengandung paling banyak 2000 karakter"),
    ],
)
def test_a_bad_form_names_the_field_and_keeps_what_was_typed(person, sign_in, sent, message):
    client = sign_in(person("police_approver"))

    answer = rate(client, **{"evidence": "catatan yang sudah diketik", **sent})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "catatan yang sudah diketik" in page
    assert not RiskRating.objects.exists()


def test_who_comes_second_is_told_who_changed_what_and_keeps_the_typed_text(person, sign_in):
    first = person("police_approver", display_name="Bagops Polres")
    rate(sign_in(first), level="high", reason="Bentrok antarpendukung semalam")
    second = sign_in(person("police_approver"))

    answer = rate(second, level="low", reason="Patroli malam menemukan keadaan tenang", seen="0")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bagops Polres menetapkannya tinggi" in page
    assert "Bentrok antarpendukung semalam" in page
    assert "Patroli malam menemukan keadaan tenang" in page
    assert RiskRating.objects.of(LAUT_TADOR).get().level == "high"

    seen = RiskRating.objects.of(LAUT_TADOR).get().pk
    assert f'value="{seen}"' in page
    assert rate(second, level="low", reason="Tetap tenang", seen=str(seen)).status_code == 302
    assert [r.level for r in RiskRating.objects.of(LAUT_TADOR)] == ["low", "high"]


def test_the_level_of_a_past_day_can_be_shown_again(person, sign_in, regions):
    author = person("police_approver")
    days = [timezone.now() - timezone.timedelta(days=days) for days in (30, 10)]
    for level, at in zip(("low", "high"), days, strict=True):
        actions.rate_region(
            by=author, region=regions[LAUT_TADOR], level=level, reason=f"alasan {level}", at=at
        )
    client = sign_in(person("viewer"))
    day = timezone.localtime(days[1] - timezone.timedelta(days=1)).date()

    page = client.get(f"/kerawanan/?per={day}").content.decode()
    assert f'data-region="{LAUT_TADOR}" data-name="Laut Tador" data-level="low"' in page
    now = client.get("/kerawanan/").content.decode()
    assert f'data-region="{LAUT_TADOR}" data-name="Laut Tador" data-level="high"' in now
    before = timezone.localtime(days[0] - timezone.timedelta(days=1)).date()
    region_page = client.get(f"{ADDRESS}?per={before}").content.decode()
    assert "Belum dinilai" in region_page


@pytest.mark.parametrize(
    ("day", "message"),
    [("21-11-2024x", "Tanggal tidak dikenal"), ("2999-01-01", "Tanggal itu belum tiba")],
)
def test_a_wrong_date_is_explained_and_today_is_shown(person, sign_in, day, message):
    client = sign_in(person("viewer"))

    for address in ("/kerawanan/", ADDRESS):
        answer = client.get(address, {"per": day})
        assert answer.status_code == 200
        assert message in answer.content.decode()


def test_a_rating_can_not_begin_in_the_future_or_before_the_one_in_force(person, regions):
    author, region = person("police_approver"), regions[LAUT_TADOR]
    actions.rate_region(by=author, region=region, level="low", reason="awal")
    for at in (
        timezone.now() + timezone.timedelta(minutes=5),
        timezone.now() - timezone.timedelta(days=1),
    ):
        with pytest.raises(ValidationError):
            actions.rate_region(by=author, region=region, level="high", reason="x", at=at)
    assert RiskRating.objects.of(LAUT_TADOR).count() == 1


def test_ratings_by_different_schemes_stand_beside_each_other(person, regions):
    author, region = person("police_approver"), regions[LAUT_TADOR]
    actions.rate_region(by=author, region=region, level="low", reason="forum")
    actions.rate_region(
        by=author, region=region, level="high", reason="indeks", scheme="BAWASLU_IKP"
    )

    assert RiskRating.objects.as_of().get(region=region).level == "low"
    assert RiskRating.objects.as_of(scheme="BAWASLU_IKP").get(region=region).level == "high"


def test_every_rating_leaves_an_audit_record_in_words(person, regions):
    author = person("police_approver", username="bagops")
    actions.rate_region(by=author, region=regions[LAUT_TADOR], level="high", reason="x")

    event = AuditEvent.objects.get(action="security.rate_region")
    assert str(event) == "bagops menetapkan tingkat Tinggi untuk Kecamatan Laut Tador (dari –)"
    assert event.region == LAUT_TADOR


@pytest.fixture
def rating(regions):
    return actions.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="low", reason="contoh")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE security_riskrating SET level = 'high'",
        "UPDATE security_riskrating SET reason = 'lain'",
        "DELETE FROM security_riskrating",
        "INSERT INTO security_riskrating (region_id, scheme, level, reason, evidence, author_name,"
        " valid_from, recorded_at) SELECT region_id, scheme, level, reason, '', 'x', now(), now()"
        " FROM security_riskrating",
    ],
)
def test_the_database_refuses_to_rewrite_remove_or_overlap_ratings(rating, statement):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_ends_a_rating_once_only(rating):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE security_riskrating SET valid_until = clock_timestamp()")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE security_riskrating SET valid_until = now() + interval '1 day'")


def test_code_outside_the_action_can_not_store_a_rating(regions):
    with pytest.raises(WriteOutsideAction):
        RiskRating(
            region=regions[LAUT_TADOR], level="low", reason="x", valid_from=timezone.now()
        ).save()
    with pytest.raises(WriteOutsideAction):
        RiskRating.objects.update(level="high")
