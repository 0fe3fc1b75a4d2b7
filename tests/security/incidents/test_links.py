"""What an incident belongs with: a polling station, follow-ups, neutrality cases."""

import pytest

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import example as meetings
from forkopimda.meetings.models import FollowUp
from forkopimda.people import example as people
from forkopimda.regions.models import Region
from security import actions
from security.models import IncidentLink
from tests.conftest import LAUT_TADOR, SEI_SUKA

from .reporting import report, sent

NUMBER = "001/NET-ASN/12.19/2024"


@pytest.fixture
def incident(regions):
    return report(regions[LAUT_TADOR])


def page_of(client, incident):
    return client.get(f"/insiden/{incident.pk}/").content.decode()


@pytest.fixture
def station(regions):
    """A polling station in Laut Tador, and one in Sei Suka."""
    made = {}
    with writing():
        for kecamatan in (LAUT_TADOR, SEI_SUKA):
            village = Region.objects.create(
                code=f"{kecamatan}.2001", name="Contoh", level="village", parent_id=kecamatan
            )
            made[kecamatan] = PollingStation.objects.create(village=village, number=3)
    return made


def test_the_station_is_picked_among_those_of_the_kecamatan(polres, incident, station):
    address = f"/insiden/{incident.pk}/tps/"
    choices = polres.get(address).content.decode()
    assert f'value="{station[LAUT_TADOR].pk}"' in choices
    assert f'value="{station[SEI_SUKA].pk}"' not in choices

    assert polres.post(address, {"station": station[SEI_SUKA].pk}).status_code == 422
    assert polres.post(address, {"station": station[LAUT_TADOR].pk}).status_code == 302
    assert "TPS 003 Contoh" in page_of(polres, incident)
    polres.post(address, {"station": ""})
    assert "TPS 003 Contoh" not in page_of(polres, incident)


def test_a_report_names_its_station_if_it_lies_there(client, station):
    json = {"Accept": "application/json"}
    wrong = client.post("/insiden/baru/", sent(station=station[SEI_SUKA].pk), headers=json)
    assert wrong.json()["errors"] == {"station": ["TPS ini tidak di Kecamatan Laut Tador."]}

    right = client.post("/insiden/baru/", sent(station=station[LAUT_TADOR].pk), headers=json)
    assert right.status_code == 201


@pytest.fixture
def follow_up(regions):
    people.load(password=None)
    meetings.load()
    return FollowUp.objects.filter(meeting__restricted=False).earliest("pk")


def test_a_follow_up_is_searched_linked_and_unlinked_after_a_question(
    polres, incident, follow_up, person, sign_in
):
    address = f"/insiden/{incident.pk}/tindak-lanjut/"
    assert "Tidak ada tindak lanjut" in polres.get(f"{address}?cari=tidak-ada-ini").content.decode()
    found = polres.get(f"{address}?cari={follow_up.task[:12]}").content.decode()
    assert f'value="{follow_up.pk}"' in found

    assert polres.post(address, {"follow_up": follow_up.pk}).status_code == 302
    assert polres.post(address, {"follow_up": follow_up.pk}).status_code == 422
    assert follow_up.task in page_of(polres, incident)
    # A Polsek does not open the regency's meetings: no word of them on the incident's page.
    polsek = sign_in(person("police_operator", LAUT_TADOR))
    assert follow_up.task not in page_of(polsek, incident)
    assert polsek.post(address, {"follow_up": follow_up.pk}).status_code == 422

    link = IncidentLink.objects.get()
    remove = f"/insiden/{incident.pk}/kaitan/{link.pk}/lepas/"
    assert "tidak lagi dikaitkan" in polres.get(remove).content.decode()
    assert IncidentLink.objects.exists()
    polres.post(remove)
    assert not IncidentLink.objects.exists()


def test_a_follow_up_that_is_not_there_is_said_so(polres, incident):
    for key in ("", "x", "-1", "9" * 40, "²"):
        answer = polres.post(f"/insiden/{incident.pk}/tindak-lanjut/", {"follow_up": key})

        assert answer.status_code == 422
        assert "Tindak lanjut itu tidak ada" in answer.content.decode()


def test_a_case_number_is_seen_by_who_reads_cases_and_nobody_else(incident, person, sign_in):
    examiner = sign_in(person("asn_examiner"))
    address = f"/insiden/{incident.pk}/perkara/"
    assert examiner.post(address, {"number": " "}).status_code == 422
    # Whether there is such a case is not said: any number is taken.
    assert examiner.post(address, {"number": NUMBER}).status_code == 302

    for role in ("asn_examiner", "auditor"):
        page = page_of(sign_in(person(role)), incident)
        assert NUMBER in page
        assert "/netralitas-asn/?cari=001/NET-ASN/12.19/2024" in page
    link = IncidentLink.objects.get()
    for role in ("viewer", "police_approver", "secretariat", "administrator"):
        client = sign_in(person(role))
        page = page_of(client, incident)
        assert "NET-ASN" not in page
        assert "Perkara netralitas" not in page
        lepas = client.get(f"/insiden/{incident.pk}/kaitan/{link.pk}/lepas/")
        assert lepas.status_code in {403, 404}
        assert client.post(address, {"number": "x"}).status_code == 403


def test_a_case_number_stays_out_of_admin_and_trail_for_an_administrator(incident, person, sign_in):
    examiner = person("asn_examiner")
    link = actions.link_case(by=examiner, incident=incident, number=NUMBER)
    administrator = sign_in(person("administrator"))

    assert "NET-ASN" not in administrator.get("/admin/security/incidentlink/").content.decode()
    shown = administrator.get(f"/admin/security/incidentlink/{link.pk}/change/")
    assert shown.status_code == 302
    trail = administrator.get("/admin/audit/auditevent/").content.decode()
    assert "NET-ASN" not in trail
    assert "menambah kaitan" not in trail
    auditor = sign_in(person("auditor"))
    assert NUMBER in auditor.get("/admin/security/incidentlink/").content.decode()


def test_the_system_links_what_a_person_may_not(incident, follow_up):
    assert actions.link_follow_up(by=SYSTEM, incident=incident, follow_up=follow_up).pk
