"""From a point to its region where no outline is known; what is said of points that can't be."""

from security.models import Incident
from tests.conftest import LAUT_TADOR, SEI_SUKA

from .reporting import sent, where

JSON = {"Accept": "application/json"}


def test_without_outlines_the_nearest_middle_is_a_guess_and_says_so(client, regions):
    middle = regions[SEI_SUKA]
    answer = where(client, middle.latitude + 0.001, middle.longitude)

    assert answer.json() == {
        "region": SEI_SUKA,
        "name": "Sei Suka",
        "title": "Kecamatan Sei Suka",
        "certain": False,
        "allowed": True,
        "message": "",
    }


IMPOSSIBLE = [
    ("99.5", "3.2", "tampak tertukar"),
    ("48.1", "11.5", "di luar Indonesia"),
    ("-8.5", "115.2", "tidak di dekat kecamatan"),
    ("", "99.5", "Kirim lintang dan bujur"),
    ("utara", "99.5", "misalnya 3,2017"),
    ("inf", "99.5", "misalnya 3,2017"),
]


def test_a_point_that_can_not_be_is_told_why(client):
    for latitude, longitude, words in IMPOSSIBLE:
        answer = where(client, latitude, longitude)

        assert answer.status_code == 422
        assert words in answer.json()["message"], (latitude, longitude)


def test_a_point_in_the_next_regency_is_named_and_refused(client, person, sign_in):
    neighbour = sign_in(person("police_operator", "12.09.08"))
    answer = where(neighbour, 3.2017, 99.5496)

    assert answer.status_code == 422
    assert answer.json()["allowed"] is False
    assert "Kabupaten Batu Bara, di luar kabupaten tugas Anda" in answer.json()["message"]
    data = sent(region="", latitude="3.2017", longitude="99.5496")
    refused = neighbour.post("/insiden/baru/", data, headers=JSON)
    assert "di luar kabupaten tugas Anda" in refused.json()["errors"]["latitude"][0]


def test_a_comma_is_as_good_as_a_point(client, regions):
    middle = regions[SEI_SUKA]
    data = sent(
        region="",
        latitude=str(middle.latitude).replace(".", ","),
        longitude=str(middle.longitude).replace(".", ","),
        accuracy_m="12.6",
    )
    assert client.post("/insiden/baru/", data, headers=JSON).status_code == 201

    incident = Incident.objects.get()
    assert (incident.region_id, incident.accuracy_m) == (SEI_SUKA, 13)


def test_where_no_outline_is_known_the_officers_choice_near_the_point_counts(client, regions):
    middle = regions[SEI_SUKA]
    data = sent(region=LAUT_TADOR, latitude=middle.latitude, longitude=middle.longitude)

    assert client.post("/insiden/baru/", data, headers=JSON).status_code == 201
    assert Incident.objects.get().region_id == LAUT_TADOR
