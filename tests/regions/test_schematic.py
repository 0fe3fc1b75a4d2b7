"""The schematic map that is computed from centroids."""

import pytest
import shapely
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from forkopimda.audit.models import AuditEvent
from forkopimda.regions import example
from forkopimda.regions.actions import make_schematic
from forkopimda.regions.geometry import as_geojson, parse
from forkopimda.regions.models import Boundary
from forkopimda.regions.tiling import GRID_DEGREES, tile

from .conftest import feature, square, stored


@st.composite
def places(draw):
    """Centroids anywhere in Indonesia, close together or far apart, never in the same place."""
    latitude, longitude = draw(st.floats(-11, 6)), draw(st.floats(95, 141))
    spread = draw(st.sampled_from([0.01, 0.3, 5]))
    steps = st.integers(0, 60)
    grid = draw(st.lists(st.tuples(steps, steps), min_size=1, max_size=30, unique=True))
    return {
        f"{number:02}": (latitude + y * spread / 60, longitude + x * spread / 60)
        for number, (y, x) in enumerate(grid)
    }


@settings(deadline=None)
@given(points=places())
def test_cells_do_not_overlap_leave_no_gap_and_hold_their_points(points):
    cells = tile(points)
    assert set(cells) == set(points)
    for key, (latitude, longitude) in points.items():
        assert cells[key].contains(shapely.Point(longitude, latitude))
        assert parse(as_geojson(cells[key])).is_valid
    # A valid coverage: neighbours share their edges corner by corner, none overlaps another.
    assert shapely.coverage_is_valid(list(cells.values()))
    whole = shapely.union_all(list(cells.values()))
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


@settings(deadline=None)
@given(points=places(), data=st.data())
def test_every_place_belongs_to_the_nearest_point(points, data):
    cells = tile(points)
    key = data.draw(st.sampled_from(sorted(cells)))
    corner = shapely.Point(data.draw(st.sampled_from(cells[key].exterior.coords[:-1])))
    # Near the equator a degree of longitude is shorter than one of latitude by 2% at most.
    own = corner.distance(shapely.Point(points[key][::-1]))
    nearest = min(corner.distance(shapely.Point(at[::-1])) for at in points.values())
    assert own * 0.98 <= nearest + 10 * GRID_DEGREES


@settings(deadline=None)
@given(points=places(), data=st.data())
def test_the_map_does_not_depend_on_the_order_of_the_points(points, data):
    shuffled = data.draw(st.permutations(list(points.items())))
    assert tile(dict(shuffled)) == tile(points)


@pytest.mark.parametrize(
    "points",
    [
        {"a": (3.2, 99.5)},
        {"a": (3.2, 99.5), "b": (3.3, 99.6)},
        {"a": (3.2, 99.5), "b": (3.2, 99.6), "c": (3.2, 99.8)},
        {"a": (3.2, 99.5), "b": (3.2, 99.6), "c": (3.3, 99.5), "d": (3.3, 99.6)},
    ],
    ids=["alone", "two", "in a line", "in a square"],
)
def test_few_or_regular_points_are_no_special_case(points):
    cells = list(tile(points).values())
    assert len(cells) == len(points)
    assert shapely.coverage_is_valid(cells)


def test_no_points_make_no_cells():
    assert tile({}) == {}


def test_points_in_the_same_place_are_named():
    with pytest.raises(ValidationError) as caught:
        tile({"a": (3.2, 99.5), "b": (3.3, 99.5), "c": (3.20001, 99.5), "d": (3.3, 99.5)})
    assert caught.value.messages == [
        "a dan c punya titik tengah yang sama",
        "b dan d punya titik tengah yang sama",
    ]


def test_the_example_has_a_map_of_twelve_kecamatan(batubara):
    assert str(batubara) == "Kabupaten Batu Bara"
    boundaries = Boundary.objects.filter(region__parent=batubara, schematic=True)
    assert boundaries.count() == 12
    shapes = [parse(boundary.geometry) for boundary in boundaries]
    assert shapely.coverage_is_valid(shapes)
    # About as large as the regency is (889 km²), so that the map looks like a map.
    assert 800 < sum(boundary.area_km2 for boundary in boundaries) < 1200


def test_loading_the_example_again_changes_nothing(batubara):
    before = stored()
    example.load()
    assert stored() == before


def test_loading_the_example_again_keeps_real_outlines(run, geojson_file, batubara):
    run("load_boundaries", geojson_file(feature("12.19.05", square(99.5, 3.2))))
    before = stored()
    example.load()
    assert stored() == before


def test_cells_follow_a_moved_centroid(run, csv_file, batubara):
    run(
        "load_regions",
        csv_file("code,name,latitude,longitude\n12.19.07,Sei Balai,3.05,99.6\n"),
    )
    assert "batas skematis baru atau berubah" in run("make_schematic", "12.19")
    boundary = Boundary.objects.get(region="12.19.07")
    assert parse(boundary.geometry).contains(shapely.Point(99.6, 3.05))
    assert str(AuditEvent.objects.first()).startswith(
        "sistem menghitung peta skematis Kabupaten Batu Bara"
    )


def test_what_can_not_be_drawn_is_refused(run, refused, csv_file, batubara):
    assert "Wilayah 13 tidak ada" in refused("make_schematic", "13")
    assert "tidak punya wilayah bawahan" in refused("make_schematic", "12.19.08")
    run("load_regions", csv_file("code,name\n12.19.13,Baru\n"))
    assert "12.19.13 Baru tidak punya titik tengah" in refused("make_schematic", "12.19")


def test_an_administrator_draws_only_within_their_own(person, batubara):
    with pytest.raises(PermissionDenied):
        make_schematic(by=person("administrator", "12.19.05"), parent=batubara)
    assert make_schematic(by=person("administrator", "12.19"), parent=batubara) == 0
