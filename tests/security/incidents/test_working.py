"""An incident is verified, handled, referred, closed; by whom and with which words."""

import pytest

from forkopimda.alerts.models import Alert
from security import actions
from security.models import Incident, IncidentStep
from tests.conftest import LAUT_TADOR, SEI_SUKA

from .reporting import report


@pytest.fixture
def incident(regions, officer):
    return report(regions[LAUT_TADOR], by=officer)


def step(client, incident, state, **more):
    data = {"state": state, "seen": Incident.objects.get(pk=incident.pk).state, **more}
    return client.post(f"/insiden/{incident.pk}/langkah/", data)


def state_of(incident):
    return Incident.objects.get(pk=incident.pk).state


def test_an_incident_is_worked_to_its_end_and_the_page_tells_the_way(polres, incident):
    assert step(polres, incident, "verified").status_code == 302
    assert step(polres, incident, "handled", note="Patroli ke lokasi").status_code == 302
    answer = step(polres, incident, "referred", referred_to="bawaslu", note="Mohon dikaji")
    assert answer.status_code == 302
    assert step(polres, incident, "closed", note="Selesai di Bawaslu").status_code == 302

    page = polres.get(f"/insiden/{incident.pk}/").content.decode()
    for words in ("Patroli ke lokasi", "Dirujuk: Bawaslu", "Selesai di Bawaslu"):
        assert words in page
    assert [row.state for row in IncidentStep.objects.all()] == [
        "reported",
        "verified",
        "handled",
        "referred",
        "closed",
    ]
    assert Incident.objects.get().verified_at is not None


def test_who_reported_at_a_polsek_has_another_verify_it(client, polres, incident, person, sign_in):
    page = client.get(f"/insiden/{incident.pk}/").content.decode()
    assert "diverifikasi oleh petugas lain" in page
    assert 'value="verified"' not in page
    assert step(client, incident, "verified").status_code == 422

    colleague = sign_in(person("police_operator", LAUT_TADOR))
    assert step(colleague, incident, "verified").status_code == 302


def test_the_polres_verifies_even_its_own_report(regions, person, sign_in):
    approver = person("police_approver")
    own = report(regions[LAUT_TADOR], by=approver)

    assert step(sign_in(approver), own, "verified").status_code == 302


def test_another_polsek_reads_it_and_does_not_work_it(incident, person, sign_in):
    neighbour = sign_in(person("police_operator", SEI_SUKA))

    assert "Simpan langkah" not in neighbour.get(f"/insiden/{incident.pk}/").content.decode()
    assert step(neighbour, incident, "verified").status_code == 403


LACKING = [
    ([], {"state": "rejected"}, "mengapa laporan ini tidak benar"),
    ([], {"state": "handled"}, ""),
    ([], {"state": "closed", "note": "x"}, ""),
    ([], {"state": "duplicate", "note": "x"}, ""),
    (["verified"], {"state": "referred", "note": "x"}, "Pilih kepada siapa"),
    (["verified"], {"state": "referred", "referred_to": "kpu"}, "apa yang diminta"),
    (["verified"], {"state": "closed"}, "bagaimana insiden ini selesai"),
    (["verified", "closed"], {"state": "handled"}, "mengapa dibuka kembali"),
    ([], {"state": "entah"}, ""),
]


def test_a_step_that_lacks_something_is_refused_and_says_what(polres, regions):
    for way, data, words in LACKING:
        incident = report(regions[LAUT_TADOR])
        for state in way:
            step(polres, incident, state, note="ada")
        before = state_of(incident)

        answer = step(polres, incident, **data)

        assert answer.status_code == 422, (way, data)
        assert words in answer.content.decode(), (way, data)
        assert state_of(incident) == before


def test_a_report_called_untrue_is_opened_again_with_a_reason(polres, incident):
    step(polres, incident, "rejected", note="Tidak ada massa")
    step(polres, incident, "reported", note="Ada foto baru")
    step(polres, incident, "verified")

    assert state_of(incident) == "verified"


def test_who_comes_second_is_told_what_the_first_did_and_keeps_their_words(polres, incident):
    step(polres, incident, "rejected", note="Tidak ada massa di sana")

    late = {"state": "verified", "seen": "reported", "note": "Massa 40 orang"}
    answer = polres.post(f"/insiden/{incident.pk}/langkah/", late)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Keadaan insiden ini berubah sejak Anda membuka halaman" in page
    assert "Tidak ada massa di sana" in page
    assert "Massa 40 orang" in page
    assert 'name="seen" value="rejected"' in page
    assert state_of(incident) == "rejected"


def test_a_graver_severity_needs_a_reason_is_a_step_and_alerts(polres, incident, person):
    person("viewer")
    address = f"/insiden/{incident.pk}/keparahan/"

    assert polres.post(address, {"severity": "severe", "note": " "}).status_code == 422
    assert polres.post(address, {"severity": "minor", "note": "sama"}).status_code == 422
    assert not Alert.objects.exists()
    assert (
        polres.post(address, {"severity": "severe", "note": "Ada korban luka"}).status_code == 302
    )

    latest = IncidentStep.objects.latest("pk")
    assert (latest.state, Incident.objects.get().severity) == ("reported", "severe")
    assert latest.note == "Keparahan diubah dari ringan menjadi berat. Ada korban luka"
    assert "dinaikkan menjadi berat" in Alert.objects.get().headline
    polres.post(address, {"severity": "minor", "note": "Ternyata tidak ada"})
    assert Alert.objects.count() == 1


def test_a_note_joins_the_history(client, incident):
    client.post(f"/insiden/{incident.pk}/catatan/", {"note": "Massa mulai bubar"})

    assert "Massa mulai bubar" in client.get(f"/insiden/{incident.pk}/").content.decode()
    assert state_of(incident) == "reported"


def test_the_part_that_others_change_is_asked_for_alone(polres, incident):
    answer = polres.get(
        f"/insiden/{incident.pk}/", headers={"HX-Request": "true", "HX-Target": "progress"}
    )

    page = answer.content.decode()
    assert page.strip().startswith("<section")
    assert "Perjalanan insiden" in page
    assert "<form" not in page


def test_the_page_asks_no_more_queries_for_a_long_history(
    polres, incident, regions, person, django_assert_max_num_queries
):
    address = f"/insiden/{incident.pk}/"
    report(regions[LAUT_TADOR])
    with django_assert_max_num_queries(24) as few:
        polres.get(address)
    for number in range(8):
        report(regions[LAUT_TADOR])
        actions.note_incident(by=person("police_approver"), incident=incident, note=str(number))
    with django_assert_max_num_queries(len(few)):
        polres.get(address)
