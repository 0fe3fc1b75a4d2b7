"""`load_boundaries`: outlines from GeoJSON, all or none, every fault named."""

import json
from io import BytesIO
from math import cos, pi, sin

import pytest
import shapely
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from forkopimda.audit.models import AuditEvent
from forkopimda.regions import features
from forkopimda.regions.actions import load_boundaries
from forkopimda.regions.features import read_features
from forkopimda.regions.geometry import simplify
from forkopimda.regions.models import Boundary, Region

from .conftest import feature, square

TALAWI = "12.19.05"


def test_a_real_outline_replaces_the_schematic_one_and_is_measured(run, geojson_file, batubara):
    out = run(
        "load_boundaries", geojson_file(feature(TALAWI, square(99.5, 3.2))), "--source", "BIG 2025"
    )
    assert "1 batas dimuat" in out
    boundary = Boundary.objects.get(region=TALAWI)
    assert (boundary.schematic, boundary.source) == (False, "BIG 2025")
    assert boundary.area_km2 == pytest.approx(11.11 * 11.06, rel=0.005)
    assert boundary.geometry == {"type": "Polygon", "coordinates": [square(99.5, 3.2)]}


def test_real_and_schematic_outlines_never_share_a_map(run, refused, geojson_file, batubara):
    out = run("load_boundaries", geojson_file(feature(TALAWI, square(99.5, 3.2))))
    assert "11 wilayah tetangga kehilangan batas skematisnya" in out
    assert list(Boundary.objects.values_list("region_id", flat=True)) == [TALAWI]
    assert "1 dari 12 wilayah bawahan" in refused("make_schematic", "12.19")


def test_a_load_leaves_one_record(run, geojson_file, batubara):
    before = AuditEvent.objects.count()
    run("load_boundaries", geojson_file(feature(TALAWI, square(99.5, 3.2))))
    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.first()
    assert str(event) == "sistem memuat 1 batas wilayah dari batas.geojson"
    assert event.region == TALAWI


def test_a_region_without_centroid_gets_one_and_others_keep_theirs(run, geojson_file, batubara):
    path = geojson_file(feature("12.19", square(99, 3, 1)), feature(TALAWI, square(99.5, 3.2)))
    run("load_boundaries", path)
    regency, talawi = Region.objects.get(pk="12.19"), Region.objects.get(pk=TALAWI)
    assert (regency.latitude, regency.longitude) == pytest.approx((3.5, 99.5))
    assert (talawi.latitude, talawi.longitude) == (3.2017, 99.5496)
    run("load_boundaries", path, "--move-centroids")
    talawi.refresh_from_db()
    assert (talawi.latitude, talawi.longitude) == pytest.approx((3.25, 99.55))


def test_the_centroid_of_a_bent_region_lies_inside_it(run, geojson_file, batubara):
    bent = [[99, 3], [100, 3], [100, 4], [99, 4], [99, 3.9], [99.9, 3.9], [99.9, 3.1], [99, 3.1]]
    run("load_boundaries", geojson_file(feature("12.19", [*bent, bent[0]])))
    regency = Region.objects.get(pk="12.19")
    assert shapely.Polygon(bent).contains(shapely.Point(regency.longitude, regency.latitude))


def test_codes_that_name_no_region_are_listed_and_left_out(run, geojson_file, batubara):
    out = run(
        "load_boundaries",
        geojson_file(feature(TALAWI, square(99.5, 3.2)), feature("13.01.01", square(99, 3))),
    )
    assert "1 kode di berkas tidak dikenal, tidak dimuat:\n  13.01.01" in out
    assert Boundary.objects.real().count() == 1


def test_codes_may_stand_in_another_property(run, geojson_file, batubara):
    item = feature(TALAWI, square(99.5, 3.2))
    item["properties"] = {"KDCPUM": TALAWI}
    run("load_boundaries", geojson_file(item), "--property", "KDCPUM")
    assert Boundary.objects.real().count() == 1


def test_several_parts_and_holes_are_kept_and_heights_left_out(run, geojson_file, batubara):
    outer, hole = square(99.5, 3.2), square(99.52, 3.22, 0.02)
    with_height = [[*position, 12.5] for position in outer]
    path = geojson_file(
        feature(TALAWI, [with_height, hole], [square(99.7, 3.2)], kind="MultiPolygon")
    )
    run("load_boundaries", path)
    stored = Boundary.objects.get(region=TALAWI)
    shape = shapely.from_geojson(json.dumps(stored.geometry))
    assert [len(part.interiors) for part in shape.geoms] == [1, 0]
    assert not shape.has_z
    assert stored.area_km2 == pytest.approx(245.7 - 4.9, rel=0.005)


def test_a_repeated_load_changes_nothing_but_its_time(run, geojson_file, batubara):
    path = geojson_file(feature(TALAWI, square(99.5, 3.2)))
    run("load_boundaries", path)
    before = Boundary.objects.values("geometry", "area_km2", "source").get()
    run("load_boundaries", path)
    assert Boundary.objects.values("geometry", "area_km2", "source").get() == before


BOW = [[99, 3], [100, 4], [100, 3], [99, 4], [99, 3]]
OPEN = [[99, 3], [100, 3], [100, 4], [99, 4]]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (
            feature(TALAWI, [[lat, lon] for lon, lat in square(99.5, 3.2)]),
            "tampak tertukar: bujur 3.2, lintang 99.5",
        ),
        (feature(TALAWI, square(640000, 350000, 1000)), "mungkin koordinat dalam meter"),
        (feature(TALAWI, BOW), "memotong dirinya sendiri di sekitar (99.5, 3.5)"),
        (feature(TALAWI, square(99.5, 3.2), square(101, 3.2)), "lubang terletak di luar"),
        (feature(TALAWI, OPEN), "cincin tidak tertutup"),
        (feature(TALAWI, [[99, 3], [100, 3], [99, 3]]), "cincin hanya punya 3 titik"),
        (feature(TALAWI, [[99, 3]] * 5), "titik terlalu sedikit"),
        (feature(TALAWI, [[99, "3"]] * 4), "bukan pasangan angka"),
        (feature(TALAWI, [[99, True]] * 4), "bukan pasangan angka"),
        (feature(TALAWI, [[99, float("nan")]] * 4), "bukan pasangan angka"),
        (feature(TALAWI, [[99, 10**400]] * 4), "bukan pasangan angka"),
        (feature(TALAWI, [[99]] * 4), "bukan pasangan angka"),
        (feature(TALAWI, 5), "susunan coordinates tidak sesuai"),
        (feature(TALAWI, square(99.5, 3.2), kind="MultiPolygon"), "susunan coordinates"),
        (feature(TALAWI), "geometri kosong"),
        (feature(TALAWI, kind="MultiPolygon"), "geometri kosong"),
        (feature(TALAWI, kind="Point"), "jenis geometri Point tidak diterima"),
        ({**feature(TALAWI), "geometry": None}, "geometri tidak ada"),
        ({**feature(TALAWI), "properties": None}, "tidak ada kode berupa teks"),
        ({**feature(TALAWI), "properties": {"code": 12.19}}, "tidak ada kode berupa teks"),
        ({"type": "Polygon"}, "bukan Feature GeoJSON"),
        (7, "bukan Feature GeoJSON"),
        (feature("12.19.06", square(99.5, 3.2)), "(12.19.06): kode sudah ada di fitur 1"),
    ],
)
def test_one_invalid_outline_refuses_the_file(refused, geojson_file, batubara, bad, reason):
    message = refused("load_boundaries", geojson_file(feature("12.19.06", square(99, 3)), bad))
    assert "fitur 2" in message
    assert reason in message


def test_every_bad_outline_is_named(refused, geojson_file, batubara):
    path = geojson_file(
        feature(TALAWI, BOW), feature("12.19.06", square(99, 3)), feature("12", BOW)
    )
    message = refused("load_boundaries", path)
    assert "fitur 1 (12.19.05)" in message
    assert "fitur 3 (12)" in message
    assert "12.19.06" not in message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "bukan JSON"),
        (b"code,name", "bukan JSON"),
        (b'{"type": "FeatureCollection", "features": [{"type"', "bukan JSON"),
        (b'{"type": "FeatureCollection", "features": [{}, {"a":1} x', "sesudah fitur ke-2"),
        (b'{"type": "FeatureCollection", "features": [{}]} lebih', "sesudah fitur ke-1"),
        (b'{"type": "FeatureCollection", "features": []}', "tidak berisi satu fitur pun"),
        (b'{"type": "FeatureCollection", "features": 3}', "bukan FeatureCollection"),
        (b'{"type": "Topology", "features": []}', "bukan FeatureCollection"),
        (b"{}", "bukan FeatureCollection"),
        (b"[]", "bukan FeatureCollection"),
        (b'"FeatureCollection"', "bukan JSON"),
        (b'{"a": ' + b"[" * 100_000, "bukan JSON"),
        ('{"type": "Batu Bara é"}'.encode("latin-1"), "bukan teks UTF-8"),
    ],
)
def test_what_is_not_a_feature_collection_is_refused(refused, tmp_path, batubara, content, message):
    path = tmp_path / "batas.geojson"
    path.write_bytes(content)
    assert message in refused("load_boundaries", path)


def test_a_file_that_matches_nothing_is_refused(refused, geojson_file, batubara):
    path = geojson_file(feature("13.01.01", square(99, 3)))
    assert "Tak satu pun dari 1 kode dikenal" in refused("load_boundaries", path)


def test_options_that_make_no_sense_are_refused(refused, geojson_file, batubara):
    path = geojson_file(feature(TALAWI, square(99.5, 3.2)))
    assert "lebih besar dari 0" in refused("load_boundaries", path, "--simplify", "0")
    assert "lebih besar dari 0" in refused("load_boundaries", path, "--simplify", "nan")
    assert "paling panjang 200" in refused("load_boundaries", path, "--source", "x" * 201)


def test_an_administrator_loads_outlines_only_within_their_own(person):
    items = [feature(TALAWI, square(99.5, 3.2)), feature("12.19.06", square(99, 3))]
    assert (
        load_boundaries(by=person("administrator", "12.19"), features=items, source="uji").loaded
        == 2
    )
    with pytest.raises(PermissionDenied):
        load_boundaries(by=person("administrator", TALAWI), features=items, source="lain")
    assert not Boundary.objects.filter(source="lain").exists()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(
    items=st.lists(values, max_size=5),
    others=st.dictionaries(st.text().filter(lambda key: key not in {"type", "features"}), values),
    indent=st.sampled_from([None, 0, 3]),
    plain=st.booleans(),
    chunk=st.integers(1, 40),
)
def test_features_are_read_alike_wherever_the_text_is_cut(items, others, indent, plain, chunk):
    collection = {**others, "features": items, "type": "FeatureCollection"}
    text = json.dumps(collection, indent=indent, ensure_ascii=not plain)
    data = text.encode(errors="surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features, "CHUNK", chunk)
        assert list(read_features(BytesIO(data))) == items


def test_features_come_before_the_whole_file_is_read():
    item = json.dumps(feature(TALAWI, square(99.5, 3.2))).encode()
    data = b'{"type":"FeatureCollection","features":[' + b",".join([item] * 50_000) + b"]}"
    stream = BytesIO(data)
    next(read_features(stream))
    assert stream.tell() < len(data) / 3


@st.composite
def coasts(draw):
    """Rough outlines around a point of Indonesia, valid because each corner sees the middle."""
    longitude, latitude = draw(st.floats(96, 140)), draw(st.floats(-10, 5))
    radii = draw(st.lists(st.floats(0.01, 0.3), min_size=3, max_size=40))
    angles = [2 * pi * corner / len(radii) for corner in range(len(radii))]
    return shapely.Polygon(
        [
            (longitude + radius * cos(angle), latitude + radius * sin(angle))
            for radius, angle in zip(radii, angles, strict=True)
        ]
    )


@settings(deadline=None)
@given(shape=coasts(), metres=st.floats(1, 50_000))
def test_a_simplified_outline_is_valid_and_near_the_first(shape, metres):
    fewer = simplify(shape, metres)
    assert fewer.is_valid
    assert not fewer.is_empty
    assert len(fewer.exterior.coords) <= len(shape.exterior.coords)
    corners = shapely.points(shape.exterior.coords)
    assert shapely.distance(fewer.exterior, corners).max() <= metres / 108_000
