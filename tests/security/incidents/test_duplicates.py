"""The same event told twice: suggested by place, time and words; decided by an officer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from security import actions
from security.duplicates import stems
from security.models import Incident
from security.whereabouts import Spot
from tests.conftest import LAUT_TADOR, SEI_SUKA

from .reporting import report, sent

HERE = Spot(3.31, 99.28)
WORDS = "Massa membakar ban di simpang empat dekat kantor desa"


@pytest.fixture
def first(regions):
    return report(regions[LAUT_TADOR], spot=HERE, description=WORDS)


def page_of(client, incident):
    return client.get(f"/insiden/{incident.pk}/").content.decode()


def test_who_reports_what_was_reported_is_warned_and_marks_it_in_two_taps(client, first):
    answer = client.post(
        "/insiden/baru/",
        sent(description="Ban dibakar massa di simpang empat", latitude=3.312, longitude=99.281),
        follow=True,
    )

    page = answer.content.decode()
    second = Incident.objects.latest("pk")
    assert f"Mungkin sudah dilaporkan sebagai {first.number}" in page
    assert "jenis sama" in page
    assert f"/insiden/{second.pk}/duplikat/?number={first.number}" in page
    asked = client.get(f"/insiden/{second.pk}/duplikat/?number={first.number}").content.decode()
    assert WORDS in asked
    assert f'value="{first.number}"' in asked
    client.post(f"/insiden/{second.pk}/duplikat/", {"number": first.number, "seen": "reported"})

    second.refresh_from_db()
    assert (second.state, second.duplicate_of) == ("duplicate", first)
    assert second.number in page_of(client, first)


def test_a_phone_is_told_of_the_likely_first_report(client, first):
    answer = client.post(
        "/insiden/baru/", sent(description=WORDS), headers={"Accept": "application/json"}
    )

    similar = {"number": first.number, "url": f"/insiden/{first.pk}/"}
    assert answer.json()["similar"] == [similar]


def test_far_long_ago_or_of_another_kind_is_not_suggested(regions, client, first):
    now = timezone.now()
    for other in (
        {"region": regions[SEI_SUKA], "description": WORDS},
        {
            "region": regions[LAUT_TADOR],
            "description": WORDS,
            "occurred_at": now - timedelta(days=2),
        },
        {"region": regions[LAUT_TADOR], "category": "health", "description": "Petugas sakit demam"},
    ):
        incident = report(**other)
        assert "Mungkin kejadian yang sama" not in page_of(client, incident), other


def test_the_likeliest_comes_first(regions, client, first):
    report(regions[LAUT_TADOR], description="Unjuk rasa di pasar")
    asked = report(regions[LAUT_TADOR], spot=HERE, description=WORDS)

    page = page_of(client, asked)
    numbers = [
        page.index(f"?number={other.number}") for other in Incident.objects.exclude(pk=asked.pk)
    ]
    assert page.index(f"?number={first.number}") == min(numbers)


def test_indonesian_words_are_compared_by_their_stems():
    assert stems("Pembakaran ban oleh massa, dibakarnya di Simpang!") == {
        "bakar",
        "ban",
        "massa",
        "simpang",
    }


def test_a_wrong_original_is_refused_and_the_note_kept(regions, polres, first):
    incident = report(regions[LAUT_TADOR])
    rejected = report(regions[LAUT_TADOR])
    polres.post(f"/insiden/{rejected.pk}/langkah/", {"state": "rejected", "note": "tidak ada"})
    for number, words in (
        ("", ""),
        ("INS-00", "Tidak ada insiden bernomor ini"),
        (incident.number, "duplikat dirinya"),
        (report(regions["12.09.08"]).number, "Tidak ada insiden bernomor ini"),
        (rejected.number, "Pilih insiden aslinya"),
    ):
        data = {"number": number, "note": "Catatanku"}
        answer = polres.post(f"/insiden/{incident.pk}/duplikat/", data)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "Catatanku" in answer.content.decode()
    incident.refresh_from_db()
    assert incident.state == "reported"


def test_duplicates_of_a_duplicate_move_to_the_original(regions, first, person):
    by = person("police_approver")
    second, third = report(regions[LAUT_TADOR]), report(regions[LAUT_TADOR])
    actions.mark_duplicate(by=by, incident=third, of=second)
    actions.mark_duplicate(by=by, incident=second, of=first)

    assert set(first.duplicates.all()) == {second, third}


def test_a_duplicate_marked_late_is_told_of_the_change(polres, regions, first):
    incident = report(regions[LAUT_TADOR])
    polres.post(f"/insiden/{incident.pk}/langkah/", {"state": "verified"})

    answer = polres.post(
        f"/insiden/{incident.pk}/duplikat/",
        {"number": first.number, "seen": "reported", "note": "Catatanku"},
    )

    assert answer.status_code == 409
    assert "berubah menjadi diverifikasi" in answer.content.decode()
    assert "Catatanku" in answer.content.decode()
