"""The police class polling stations; every class is kept, with who gave it and why."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from forkopimda.audit.models import AuditEvent
from forkopimda.elections import actions as elections
from forkopimda.lib.authority import SYSTEM
from security import actions
from security.models import StationRating
from tests.conftest import ASAHAN, LAUT_TADOR, SEI_SUKA


def give(client, station, risk_class="high", reasons=("K1", "T2"), note="", seen="0"):
    sent = {"risk_class": risk_class, "reasons": reasons, "note": note, "seen": seen}
    return client.post(f"/tps/{station.pk}/", sent)


def test_an_officer_of_the_polsek_classes_a_station_of_its_kecamatan(station, person, sign_in):
    tps = station(3)
    client = sign_in(person("police_operator", LAUT_TADOR, display_name="Kanit Contoh"))

    assert give(client, tps, note="Bentrok tahun lalu").status_code == 302

    page = client.get(f"/tps/{tps.pk}/").content.decode()
    assert "Kelas TPS 003 Tanjung Contoh dicatat: Sangat rawan." in page
    for words in ("Riwayat kekerasan", "Rawan konflik", "Bentrok tahun lalu", "Kanit Contoh"):
        assert words in page


def test_a_class_above_the_lightest_needs_a_reason_or_a_note(station, person, sign_in):
    tps = station()
    client = sign_in(person("police_approver"))

    answer = give(client, tps, "risk", reasons=[])

    assert answer.status_code == 422
    assert "Kelas di atas kurang rawan perlu alasan atau catatan." in answer.content.decode()
    assert give(client, tps, "low", reasons=[]).status_code == 302
    assert give(client, tps, "risk", reasons=[], note="Sengketa batas", seen="").status_code == 409
    with pytest.raises(ValidationError) as refused:
        actions.class_station(by=SYSTEM, station=tps, risk_class="special", note="  ")
    assert set(refused.value.error_dict) == {"reasons"}


def test_a_stale_form_is_refused_and_keeps_what_was_filled_in(station, person, sign_in):
    tps = station()
    client = sign_in(person("police_approver"))
    other = actions.class_station(
        by=SYSTEM, station=tps, risk_class="risk", reasons=["J1"], note="Sinyal hilang"
    )

    answer = give(client, tps, "high", ["T1", "K2"], "Jembatan putus", seen="0")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kelas TPS ini berubah sejak Anda membuka formulir" in page
    assert "Sinyal hilang" in page
    assert "Jembatan putus" in page
    for code in ("T1", "K2"):
        assert f'value="{code}" id=' in page
        ticked = page.split(f'value="{code}" id=')[1].split(">")[0]
        assert "checked" in ticked
    assert f'name="seen" value="{other.pk}"' in page
    assert give(client, tps, "high", ["T1"], seen=str(other.pk)).status_code == 302


def test_unknown_classes_and_reasons_are_refused_beside_their_field(station, person, sign_in):
    client, tps = sign_in(person("police_approver")), station()

    assert give(client, tps, "gawat").status_code == 422
    assert give(client, tps, "high", ["Z9"]).status_code == 422
    assert give(client, tps, "high", ["K1"], "a" * 501).status_code == 422
    assert give(client, tps, "high", ["K1"], seen="x").status_code == 422
    assert not StationRating.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "secretariat", "election_officer", "auditor"])
def test_nobody_but_the_police_classes(station, person, sign_in, role):
    client, tps = sign_in(person(role)), station()

    assert "Simpan kelas" not in client.get(f"/tps/{tps.pk}/").content.decode()
    assert give(client, tps).status_code == 403


def test_a_polsek_does_not_class_in_another_kecamatan_nor_does_another_regency(
    station, person, sign_in
):
    tps = station()
    with pytest.raises(PermissionDenied):
        actions.class_station(by=person("police_operator", SEI_SUKA), station=tps, risk_class="low")
    client = sign_in(person("police_approver", ASAHAN))
    assert client.get(f"/tps/{tps.pk}/").status_code == 404
    assert give(client, tps).status_code == 404


def test_a_class_succeeds_the_one_before_and_leaves_a_record(station, person):
    tps, officer = station(), person("police_approver")
    for risk_class in ("low", "risk", "high"):
        actions.class_station(by=officer, station=tps, risk_class=risk_class, note="uji")

    history = list(StationRating.objects.filter(station=tps).order_by("valid_from"))
    assert [rating.risk_class for rating in history] == ["low", "risk", "high"]
    assert [rating.valid_until for rating in history] == [
        history[1].valid_from,
        history[2].valid_from,
        None,
    ]
    event = AuditEvent.objects.filter(action="security.class_station").latest("pk")
    assert str(event).endswith("memberi TPS 001 Tanjung Contoh kelas Sangat rawan (dari Rawan)")


def test_what_was_given_is_not_rewritten_by_sql_either(station):
    actions.class_station(by=SYSTEM, station=station(), risk_class="low")
    for change in ("SET risk_class = 'high'", "SET note = 'x'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE security_stationrating {change}")


def test_a_station_that_was_given_up_is_not_classed(station, person, sign_in):
    tps, client = station(), sign_in(person("police_approver"))
    elections.retire_station(by=SYSTEM, station=tps)

    assert "Simpan kelas" not in client.get(f"/tps/{tps.pk}/").content.decode()
    answer = give(client, tps)
    assert answer.status_code == 422
    assert not StationRating.objects.exists()
