"""Points against the real outlines of Batu Bara; here only where the files are."""

import json

import pytest
import shapely

from forkopimda.lib.authority import SYSTEM
from forkopimda.regions import actions as regions_actions
from forkopimda.regions.models import Region
from security.models import Incident
from tests.conftest import LAUT_TADOR, SEI_SUKA
from tests.regions.conftest import SHARED_DATA

from .reporting import sent, where

JSON = {"Accept": "application/json"}
KECAMATAN = SHARED_DATA / "batubara-kecamatan.geojson"
VILLAGES = SHARED_DATA / "batubara-villages.geojson"


@pytest.fixture
def outlines(regions):
    """The real outlines of Batu Bara's kecamatan and villages; a point inside each kecamatan."""
    with (SHARED_DATA / "batubara-regions.csv").open("rb") as stream:
        regions_actions.load_regions(by=SYSTEM, stream=stream, source="contoh")
    for path in (KECAMATAN, VILLAGES):
        features = json.loads(path.read_text())["features"]
        regions_actions.load_boundaries(by=SYSTEM, features=features, source=path.name)
    points = {}
    for feature in json.loads(KECAMATAN.read_text())["features"]:
        inside = shapely.from_geojson(json.dumps(feature["geometry"])).representative_point()
        points[feature["properties"]["code"]] = (inside.y, inside.x)
    return points


def test_points_inside_the_real_outlines_find_their_kecamatan_and_village(client, outlines):
    for code in ("12.19.05", SEI_SUKA, "12.19.07"):
        found = where(client, *outlines[code]).json()
        assert found["region"].startswith(code)
        assert found["certain"] is True
    # The middle of a village that lies well inside its kecamatan.
    feature = json.loads(VILLAGES.read_text())["features"][0]
    village = Region.objects.get(pk=feature["properties"]["code"])
    inside = shapely.from_geojson(json.dumps(feature["geometry"])).representative_point()
    assert where(client, inside.y, inside.x).json()["title"] == village.title


def test_a_point_and_a_choice_far_apart_are_both_named_and_the_officer_decides(client, outlines):
    latitude, longitude = outlines["12.19.07"]
    data = sent(region=LAUT_TADOR, latitude=latitude, longitude=longitude)

    asked = client.post("/insiden/baru/", data, headers=JSON)
    assert asked.status_code == 422
    assert asked.json()["confirm"] == ["confirm_region"]
    words = asked.json()["errors"]["region"][0]
    assert "Kecamatan Laut Tador" in words
    assert "Ubah salah satunya" in words
    page = client.post("/insiden/baru/", data).content.decode()
    assert "Massa berkumpul" in page
    assert "Wilayah yang saya pilih benar" in page

    confirmed = client.post("/insiden/baru/", {**data, "confirm_region": "on"}, headers=JSON)
    assert confirmed.status_code == 201
    incident = Incident.objects.get()
    assert incident.region_id == LAUT_TADOR
    assert incident.latitude == pytest.approx(latitude)


def test_a_chosen_kecamatan_is_made_a_village_by_the_point_within_it(client, outlines):
    latitude, longitude = outlines["12.19.05"]
    data = sent(region="12.19.05", latitude=latitude, longitude=longitude)
    client.post("/insiden/baru/", data)

    assert len(Incident.objects.get().region_id) == len("12.19.05.2001")
