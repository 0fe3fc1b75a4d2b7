"""`region_at`: which kecamatan holds a point."""

from forkopimda.regions.lookup import region_at

from .conftest import feature, square


def test_a_point_is_in_the_kecamatan_whose_real_outline_holds_it(run, geojson_file, batubara):
    run(
        "load_boundaries",
        geojson_file(
            feature("12.19", square(99, 3, 1)),
            feature("12.19.05", square(99.5, 3.2)),
            feature("12.19.06", square(99.6, 3.2)),
        ),
    )
    assert region_at(3.25, 99.55) == "12.19.05"
    assert region_at(3.25, 99.65) == "12.19.06"
    assert region_at(3.9, 99.9) is None


def test_schematic_cells_are_never_asked(batubara):
    assert region_at(3.2017, 99.5496) is None


def test_a_newly_loaded_outline_counts_at_once(run, geojson_file, batubara):
    run("load_boundaries", geojson_file(feature("12.19.05", square(99.5, 3.2))))
    assert region_at(3.25, 99.55) == "12.19.05"
    run("load_boundaries", geojson_file(feature("12.19.05", square(99.7, 3.2))))
    assert region_at(3.25, 99.55) is None
    assert region_at(3.25, 99.75) == "12.19.05"


def test_where_outlines_overlap_the_nearer_centroid_has_the_point(run, geojson_file, batubara):
    run(
        "load_boundaries",
        geojson_file(
            feature("12.19.05", square(99.5, 3.2, 0.2)), feature("12.19.06", square(99.6, 3.2, 0.2))
        ),
    )
    assert region_at(3.3, 99.63) == "12.19.05"
    assert region_at(3.3, 99.67) == "12.19.06"
