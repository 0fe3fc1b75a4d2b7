"""An officer reports from a page or a phone: stored once, numbered, refused with clear words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forkopimda.alerts.models import Alert, Delivery
from forkopimda.audit.models import AuditEvent
from security.models import Incident, IncidentPhoto
from tests.conftest import ASAHAN, LAUT_TADOR, SEI_SUKA

from .reporting import key, picture, report, sent, upload

JSON = {"Accept": "application/json"}


def errors(answer):
    return {name: list(texts) for name, texts in answer.context["form"].errors.items()}


def test_a_report_with_the_least_that_is_needed_is_stored_and_shown(client, officer):
    answer = client.post("/insiden/baru/", sent(), follow=True)

    incident = Incident.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/insiden/{incident.pk}/", 302)]
    assert f"Insiden dicatat dengan nomor {incident.number}." in page
    assert "Massa berkumpul di depan kantor desa." in page
    assert incident.region_id == LAUT_TADOR
    assert incident.reporter == officer
    assert timezone.now() - incident.occurred_at < timedelta(minutes=1)
    assert [step.state for step in incident.steps.all()] == ["reported"]


def test_reports_are_numbered_by_regency_and_year_without_gaps(regions, client):
    year = timezone.localtime().year
    client.post("/insiden/baru/", sent(description=" "))
    for _time in range(2):
        client.post("/insiden/baru/", sent())
    there = report(regions["12.09.08"])

    numbers = list(Incident.objects.within("12.19").order_by("pk").values_list("number", flat=True))
    assert numbers == [f"INS-12.19-{year}-0001", f"INS-12.19-{year}-0002"]
    assert there.number == f"INS-12.09-{year}-0001"


def test_a_polsek_reports_what_it_sees_in_the_next_kecamatan(client):
    client.post("/insiden/baru/", sent(region=SEI_SUKA))

    assert Incident.objects.get().region_id == SEI_SUKA


def test_a_phone_is_answered_in_json_and_the_second_time_told_the_same(client):
    data = sent(key=key(), photos=[upload(picture())])
    first = client.post("/insiden/baru/", data, headers=JSON)
    data["photos"] = [upload(picture())]
    again = client.post("/insiden/baru/", data, headers=JSON)

    incident = Incident.objects.get()
    assert first.status_code == 201
    assert first.json() == {
        "number": incident.number,
        "url": f"/insiden/{incident.pk}/",
        "key": data["key"],
        "similar": [],
    }
    assert again.status_code == 200
    assert again.json()["number"] == incident.number
    assert IncidentPhoto.objects.count() == 1
    assert AuditEvent.objects.filter(action="security.report_incident").count() == 1


def test_the_key_of_another_officer_reveals_nothing(client, person, sign_in):
    data = sent(key=key())
    client.post("/insiden/baru/", data)
    other = sign_in(person("police_approver"))

    answer = other.post("/insiden/baru/", data, headers=JSON)
    page = other.post("/insiden/baru/", data)

    assert (answer.status_code, answer.json()) == (409, {"error": "key"})
    assert page.status_code == 409
    assert Incident.objects.get().number not in page.content.decode()
    assert "Massa berkumpul" in page.content.decode()  # what they typed themselves


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client):
    answer = client.post(
        "/insiden/baru/", sent(severity="", description="Tiga orang", people="banyak", region="")
    )

    assert answer.status_code == 422
    assert set(errors(answer)) == {"severity", "people"}
    assert "Tiga orang" in answer.content.decode()
    assert not Incident.objects.exists()


TOMORROW = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
LONG_AGO = (timezone.localtime() - timedelta(days=40)).strftime("%Y-%m-%dT%H:%M")


WRONG = [
    ({"occurred_at": TOMORROW}, "occurred_at", "di masa depan"),
    ({"occurred_at": LONG_AGO}, "occurred_at", "lebih dari 30 hari"),
    ({"occurred_at": "besok"}, "occurred_at", "Tulis tanggal dan jam"),
    ({"description": "   "}, "description", ""),
    ({"description": "x" * 4001}, "description", ""),
    ({"category": "entah"}, "category", ""),
    ({"people": "-1"}, "people", ""),
    ({"people": "100001"}, "people", ""),
    ({"region": ""}, "region", "Pilih kecamatan"),
    ({"region": "12.19"}, "region", "Pilih kecamatan"),
    ({"region": "12.09.08"}, "region", "di kabupaten Anda"),
    ({"region": "99.99.99"}, "region", "di kabupaten Anda"),
    ({"latitude": "3,2"}, "longitude", "Isi lintang dan bujur"),
    ({"latitude": "utara", "longitude": "99.5"}, "latitude", "misalnya 3,2017"),
    ({"latitude": "nan", "longitude": "99.5"}, "latitude", "misalnya 3,2017"),
    ({"latitude": "99.5", "longitude": "3.2"}, "latitude", "tampak tertukar"),
    ({"latitude": "48.1", "longitude": "11.5"}, "latitude", "di luar Indonesia"),
    ({"latitude": "1e300", "longitude": "99"}, "latitude", "di luar Indonesia"),
    ({"station": "999999"}, "station", "TPS ini tidak ada"),
    ({"key": "bukan-uuid"}, "key", "Muat ulang"),
    ({"place": "x" * 201}, "place", ""),
]


def test_a_wrong_report_is_refused_beside_its_field_with_clear_words(client):
    for wrong, field, words in WRONG:
        answer = client.post("/insiden/baru/", sent(**wrong), headers=JSON)

        assert answer.status_code == 422, wrong
        assert list(answer.json()["errors"]) == [field], wrong
        assert words in " ".join(answer.json()["errors"][field]), wrong
    assert not Incident.objects.exists()


def test_an_old_time_is_taken_once_the_officer_confirms_it(client):
    asked = client.post("/insiden/baru/", sent(occurred_at=LONG_AGO))
    assert "confirm_time" in asked.content.decode()

    answer = client.post("/insiden/baru/", sent(occurred_at=LONG_AGO, confirm_time="on"))

    assert answer.status_code == 302
    assert Incident.objects.get().occurred_at < timezone.now() - timedelta(days=39)


def test_the_time_is_read_in_the_readers_zone_and_a_fast_clock_is_forgiven(client):
    soon = timezone.localtime() + timedelta(minutes=3)
    client.post("/insiden/baru/", sent(occurred_at=soon.strftime("%Y-%m-%dT%H:%M")))

    assert abs(Incident.objects.get().occurred_at - soon) < timedelta(minutes=1)


def test_who_is_signed_out_or_no_police_is_told_so_in_json(person, sign_in):
    stranger, official = Client(), sign_in(person("viewer"))

    for address in ("/insiden/baru/", "/insiden/tempat/", "/insiden/tanda/"):
        answer = stranger.get(address, headers=JSON)
        assert (answer.status_code, answer.json()) == (401, {"error": "signed-out"})
        answer = official.get(address, headers=JSON)
        assert (answer.status_code, answer.json()) == (403, {"error": "denied"})
    assert stranger.get("/insiden/baru/")["Location"].startswith("/akun/masuk/")


def test_a_report_that_waited_gets_a_fresh_token(officer):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(officer)

    refused = phone.post("/insiden/baru/", sent(), headers=JSON)
    assert (refused.status_code, refused.json()) == (403, {"error": "csrf"})
    fresh = phone.get("/insiden/tanda/")
    assert fresh["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    answer = phone.post(
        "/insiden/baru/", sent(), headers={**JSON, "X-CSRFToken": fresh.json()["csrf"]}
    )

    assert answer.status_code == 201


@pytest.mark.parametrize(("severity", "level"), [("severe", "Severe"), ("critical", "Extreme")])
def test_a_grave_incident_alerts_the_officials_and_names_nobody(client, person, severity, level):
    told = [
        person("viewer"),
        person("police_approver"),
        person("police_operator", LAUT_TADOR),
        person("secretariat"),
    ]
    person("viewer", ASAHAN)
    person("police_operator", SEI_SUKA)
    person("auditor")

    client.post("/insiden/baru/", sent(severity=severity, description="Budi dipukul di rumahnya."))

    alert = Alert.objects.get()
    incident = Incident.objects.get()
    assert set(Delivery.objects.values_list("recipient", flat=True)) == {each.pk for each in told}
    assert alert.severity == level
    assert alert.link == f"/insiden/{incident.pk}/"
    assert "Kecamatan Laut Tador" in alert.headline
    assert "Unjuk rasa" in alert.headline
    texts = f"{alert.headlines} {alert.descriptions}"
    assert "Budi" not in texts
    assert incident.reporter_name not in texts


def test_a_light_incident_alerts_nobody(client, person):
    person("viewer")
    client.post("/insiden/baru/", sent(severity="moderate"))

    assert not Alert.objects.exists()


def test_the_trail_keeps_who_reported_what_without_its_words(client, officer):
    client.post("/insiden/baru/", sent(description="Budi dipukul di rumahnya."))

    event = AuditEvent.objects.get(action="security.report_incident")
    assert str(event).startswith(f"{officer.username} melaporkan insiden INS-12.19-")
    assert "Budi" not in str(event.data)
