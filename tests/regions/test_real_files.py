"""The codes and outlines of the whole country, as they are; here only where the files are."""

import json
from collections import Counter

import pytest
import shapely

from forkopimda.regions.geometry import parse
from forkopimda.regions.lookup import region_at
from forkopimda.regions.models import Boundary, Neighbour, Region

from .conftest import SHARED_DATA

pytestmark = pytest.mark.django_db
CODES = SHARED_DATA / "regions.csv"


@pytest.fixture
def sumut(run, csv_file):
    """Sumatera Utara down to its kecamatan."""
    lines = CODES.read_text().splitlines()
    kept = [line for line in lines[1:] if line.startswith("12") and line.index(",") <= 8]
    run("load_regions", csv_file("\n".join([lines[0], *kept])))


def test_all_codes_of_the_country_load_and_load_again(run):
    assert "91.599 baru, 0 berubah" in run("load_regions", CODES)
    levels = Counter(Region.objects.values_list("level", flat=True))
    assert levels == {"province": 38, "regency": 514, "kecamatan": 7285, "village": 83762}
    zones = Counter(Region.objects.filter(parent=None).values_list("time_zone", flat=True))
    assert zones == {"Asia/Jakarta": 18, "Asia/Makassar": 12, "Asia/Jayapura": 8}
    assert "0 baru, 0 berubah" in run("load_regions", CODES)


def test_one_bad_row_keeps_the_whole_country_out(refused, csv_file, db):
    path = csv_file(CODES.read_text() + "12.19.08.200,Salah\n")
    assert "baris 91601, kolom code" in refused("load_regions", path)


def test_all_outlines_of_the_country_load_and_hold_their_middles(run):
    run("load_regions", CODES)
    out = run("load_boundaries", SHARED_DATA / "indonesia-kecamatan.geojson")
    assert "7.280 batas dimuat" in out
    assert "tidak dikenal" not in out
    area = sum(Boundary.objects.values_list("area_km2", flat=True))
    assert 1_700_000 < area < 2_100_000
    middles = Region.objects.filter(boundary__isnull=False)[::20]
    found = Counter(region_at(r.latitude, r.longitude) == r.code for r in middles)
    # The rough outlines overlap here and there; elsewhere each middle is in its own.
    assert found[True] / len(middles) > 0.95


def test_outlines_shrink_on_request_and_stay_valid(run, sumut):
    path = SHARED_DATA / "sumut-kecamatan.geojson"
    run("load_boundaries", path)
    whole = dict(Boundary.objects.values_list("region_id", "geometry"))
    areas = dict(Boundary.objects.values_list("region_id", "area_km2"))
    run("load_boundaries", path, "--simplify", "1000")
    small = dict(Boundary.objects.values_list("region_id", "geometry"))
    assert len(whole) == len(small) == 455
    assert len(json.dumps(small)) < 0.75 * len(json.dumps(whole))
    assert all(parse(geometry).is_valid for geometry in small.values())
    assert dict(Boundary.objects.values_list("region_id", "area_km2")) == areas


def test_the_national_file_loads_what_is_known_and_lists_the_rest(run, batubara):
    out = run("load_boundaries", SHARED_DATA / "indonesia-kecamatan.geojson")
    assert "12 batas dimuat" in out
    assert "7.268 kode di berkas tidak dikenal" in out
    assert "… dan 7.218 lagi" in out


def test_the_real_outlines_of_batu_bara_replace_its_schematic_map(run, batubara):
    out = run("load_boundaries", SHARED_DATA / "batubara-kecamatan.geojson")
    assert "kehilangan batas skematisnya" not in out
    assert not Boundary.objects.filter(schematic=True).exists()
    assert 800 < sum(Boundary.objects.values_list("area_km2", flat=True)) < 1000
    talawi = Boundary.objects.get(region="12.19.05")
    inside = shapely.from_geojson(json.dumps(talawi.geometry)).representative_point()
    assert region_at(inside.y, inside.x) == "12.19.05"


def test_the_real_outlines_of_batu_bara_have_the_borders_of_the_map(run, batubara):
    run("load_boundaries", SHARED_DATA / "batubara-kecamatan.geojson")
    beside = dict.fromkeys(Region.objects.children_of("12.19").values_list("pk", flat=True), 0)
    pairs = set(Neighbour.objects.values_list("region_id", "other_id"))
    for region, _other in pairs:
        beside[region] += 1
    laut_tador = {other for region, other in pairs if region == "12.19.08"}
    assert laut_tador == {"12.19.01", "12.19.02"}  # Medang Deras, Sei Suka
    assert len(pairs) == 2 * 23
    assert min(beside.values()) >= 2


def test_the_villages_of_batu_bara_load(run, batubara):
    run("load_regions", SHARED_DATA / "batubara-regions.csv")
    run("load_boundaries", SHARED_DATA / "batubara-villages.geojson")
    villages = Boundary.objects.filter(region__level="village", schematic=False)
    assert villages.count() == 151
