"""Outlines of regencies and provinces, from those of their parts."""

import pytest

from forkopimda.audit.models import AuditEvent
from forkopimda.regions.geometry import parse
from forkopimda.regions.models import Boundary, Region
from forkopimda.regions.union import union

from .conftest import feature, square

EAST, WEST = "12.19.01", "12.19.02"


@pytest.fixture
def outlined(run, batubara, geojson_file):
    """Two kecamatan side by side, with a gap of some hundred metres between them."""
    run(
        "load_boundaries",
        geojson_file(feature(EAST, square(99.2, 3.0)), feature(WEST, square(99.302, 3.0))),
    )


def test_a_regency_and_its_province_get_the_union_with_the_gap_closed(run, outlined):
    out = run("derive_boundaries")

    assert "1 kabupaten/kota dan 1 provinsi" in out
    for code in ("12.19", "12"):
        made = Boundary.objects.get(region=code)
        assert made.derived
        assert made.geometry["type"] == "Polygon"
        assert (made.west, made.south, made.east) == pytest.approx((99.2, 3.0, 99.402), abs=0.003)
        assert parse(made.geometry).is_valid
    assert Boundary.objects.get(region="12.19").source == "Gabungan 2 dari 12 wilayah di dalamnya"
    assert AuditEvent.objects.filter(action="regions.derive_boundaries").count() == 1
    assert Region.objects.get(pk="12.19").latitude == pytest.approx(3.05, abs=0.2)


def test_an_outline_that_was_loaded_is_kept_and_derived_ones_are_made_anew(
    run, outlined, geojson_file
):
    run("derive_boundaries")
    run("load_boundaries", geojson_file(feature("12.19", square(99.0, 3.0, size=0.5))))
    run("derive_boundaries")

    loaded = Boundary.objects.get(region="12.19")
    assert not loaded.derived
    assert loaded.west == 99.0
    assert Boundary.objects.get(region="12").west == pytest.approx(99.0, abs=0.003)


def test_without_loaded_outlines_nothing_is_made(run, batubara):
    assert "0 kabupaten/kota dan 0 provinsi" in run("derive_boundaries")
    assert not Boundary.objects.filter(derived=True).exists()


def test_islands_stay_apart_and_a_lake_stays_open():
    ring = square(99.0, 3.0, size=1)
    lake = square(99.3, 3.3, size=0.3)[::-1]
    island = square(101.0, 3.0)
    shapes = [
        parse({"type": "Polygon", "coordinates": [ring, lake]}),
        parse({"type": "Polygon", "coordinates": [island]}),
    ]
    whole = union(shapes)

    assert len(whole.geoms) == 2
    assert sum(len(part.interiors) for part in whole.geoms) == 1
    assert whole.area == pytest.approx(sum(shape.area for shape in shapes), rel=0.01)
