"""Kecamatan that share a border are known as soon as their outlines are."""

import pytest

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.regions.actions import make_schematic
from forkopimda.regions.models import Boundary, Level, Neighbour, Region

from .conftest import feature, square

WEST, EAST, FAR = "12.19.01", "12.19.02", "12.19.03"


@pytest.fixture
def asahan(batubara):
    with writing():
        Region.objects.create(
            code="12.09", name="Kabupaten Asahan", level=Level.REGENCY, parent_id="12"
        )
        return Region.objects.create(
            code="12.09.08", name="Mandoge", level=Level.KECAMATAN, parent_id="12.09"
        )


def beside(code):
    return set(Neighbour.objects.filter(region=code).values_list("other_id", flat=True))


def both_ways():
    pairs = set(Neighbour.objects.values_list("region_id", "other_id"))
    assert pairs == {(other, region) for region, other in pairs}
    return {pair for pair in pairs if pair[0] < pair[1]}


def test_cells_of_a_schematic_map_that_touch_are_neighbours(batubara):
    pairs = both_ways()

    assert ("12.19.02", "12.19.08") in pairs  # Sei Suka and Laut Tador
    assert ("12.19.06", "12.19.08") not in pairs  # Tanjung Tiram lies at the other end
    assert all(beside(region.pk) for region in Region.objects.children_of("12.19"))


def test_rough_outlines_with_a_small_gap_or_overlap_are_neighbours(run, geojson_file, batubara):
    gap, overlap = 0.002, -0.002  # degrees: some 220 metres
    run(
        "load_boundaries",
        geojson_file(
            feature(WEST, square(99.0, 3.0)),
            feature(EAST, square(99.1 + gap, 3.0)),
            feature(FAR, square(99.2 + gap + overlap, 3.0)),
        ),
    )

    assert both_ways() == {(WEST, EAST), (EAST, FAR)}


def test_outlines_farther_apart_are_not(run, geojson_file, batubara):
    run(
        "load_boundaries",
        geojson_file(feature(WEST, square(99.0, 3.0)), feature(EAST, square(99.105, 3.0))),
    )

    assert both_ways() == set()


def test_a_real_outline_is_never_the_neighbour_of_a_schematic_cell(
    run, geojson_file, asahan, batubara
):
    cell = Boundary.objects.get(region="12.19.07").geometry["coordinates"][0]
    run("load_boundaries", geojson_file(feature("12.09.08", cell)))

    assert Boundary.objects.get(region="12.19.07").schematic
    assert beside("12.09.08") == set()
    assert beside("12.19.07")


def test_a_new_outline_brings_new_neighbours_and_ends_old_ones(run, geojson_file, batubara):
    run(
        "load_boundaries",
        geojson_file(
            feature(WEST, square(99.0, 3.0)),
            feature(EAST, square(99.1, 3.0)),
            feature(FAR, square(99.4, 3.0)),
        ),
    )
    run("load_boundaries", geojson_file(feature(EAST, square(99.3, 3.0))))

    assert both_ways() == {(EAST, FAR)}


def test_cells_that_give_way_to_real_outlines_leave_no_neighbours(run, geojson_file, batubara):
    run("load_boundaries", geojson_file(feature("12.19.05", square(99.5, 3.2))))

    assert both_ways() == set()


def test_one_regency_alone_finds_its_neighbours_of_another(run, geojson_file, asahan, batubara):
    run("load_boundaries", geojson_file(feature("12.09.08", square(99.1, 3.0))))
    run("load_boundaries", geojson_file(feature(WEST, square(99.0, 3.0))))

    assert beside("12.09.08") == {WEST}


def test_regencies_and_villages_have_no_neighbours(run, geojson_file, asahan, batubara):
    run(
        "load_boundaries",
        geojson_file(feature("12.19", square(99.0, 3.0)), feature("12.09", square(99.1, 3.0))),
    )

    assert not beside("12.19")
    assert not beside("12.09")


def test_drawing_the_same_map_again_changes_no_neighbour(batubara):
    before = list(Neighbour.objects.values_list("pk", flat=True))
    make_schematic(by=SYSTEM, parent=batubara)

    assert list(Neighbour.objects.values_list("pk", flat=True)) == before
