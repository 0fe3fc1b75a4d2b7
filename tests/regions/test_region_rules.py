"""What holds for regions whoever writes: the database's own rules, and the guard."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import WriteOutsideAction
from forkopimda.regions.actions import edit_region
from forkopimda.regions.models import Boundary, Region

REGION = (
    "INSERT INTO regions_region (code, level, name, parent_id, time_zone, latitude, longitude)"
    " VALUES (%s, %s, 'Uji', %s, 'Asia/Jakarta', %s, %s)"
)
BOUNDARY = (
    "INSERT INTO regions_boundary (region_id, geometry, area_km2, schematic, derived,"
    " west, south, east, north, source, loaded_at)"
    " VALUES ('12', %s, %s, false, false, 99, 3, 100, 4, 'uji', now())"
)
POLYGON = json.dumps({"type": "Polygon", "coordinates": []})


def execute(sql, values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("region_code_form", ("1x", "province", None, None, None)),
        ("region_code_form", ("12-13", "regency", "12", None, None)),
        ("region_level_by_code", ("13", "regency", "12", None, None)),
        ("region_level_by_code", ("12.13", "province", None, None, None)),
        ("region_level_by_code", ("12.13", "negara", "12", None, None)),
        ("region_parent_by_code", ("13", "province", "12", None, None)),
        ("region_parent_by_code", ("12.13", "regency", None, None, None)),
        ("region_parent_by_code", ("13.13", "regency", "12", None, None)),
        ("region_parent_by_code", ("12.19.99", "kecamatan", "12", None, None)),
        ("region_parent_by_code", ("12.19.08.2001", "village", "12.19", None, None)),
        ("region_centroid_whole_and_on_earth", ("13", "province", None, 3.0, None)),
        ("region_centroid_whole_and_on_earth", ("13", "province", None, None, 99.0)),
        ("region_centroid_whole_and_on_earth", ("13", "province", None, 91.0, 99.0)),
        ("region_centroid_whole_and_on_earth", ("13", "province", None, 3.0, 181.0)),
        ("region_centroid_whole_and_on_earth", ("13", "province", None, float("nan"), 99.0)),
    ],
)
def test_the_database_refuses_a_region_that_breaks_a_rule(batubara, rule, values):
    with pytest.raises(IntegrityError, match=rule):
        execute(REGION, values)


def test_the_database_refuses_a_child_without_its_parent(batubara):
    with pytest.raises(IntegrityError):
        execute(REGION + "; SET CONSTRAINTS ALL IMMEDIATE", ("13.01", "regency", "13", None, None))


@pytest.mark.parametrize(
    ("rule", "geometry", "area"),
    [
        ("boundary_geometry_kind", json.dumps({"type": "Point", "coordinates": [99, 3]}), 1),
        ("boundary_geometry_kind", json.dumps({"type": "Polygon"}), 1),
        ("boundary_geometry_kind", "{}", 1),
        ("boundary_geometry_kind", "[]", 1),
        ("boundary_geometry_kind", '"type"', 1),
        ("boundary_geometry_kind", "null", 1),
        ("boundary_area_on_earth", POLYGON, 0),
        ("boundary_area_on_earth", POLYGON, -1),
        ("boundary_area_on_earth", POLYGON, float("nan")),
        ("boundary_area_on_earth", POLYGON, float("inf")),
    ],
)
def test_the_database_refuses_a_boundary_that_breaks_a_rule(batubara, rule, geometry, area):
    with pytest.raises(IntegrityError, match=rule):
        execute(BOUNDARY, (geometry, area))


def test_regions_and_boundaries_are_written_by_actions_only(batubara):
    boundary = Boundary.objects.first()
    writes = [
        batubara.save,
        batubara.delete,
        boundary.save,
        boundary.delete,
        Region.objects.all().delete,
        Boundary.objects.all().delete,
        lambda: Region.objects.update(name="x"),
        lambda: Boundary.objects.update(area_km2=1),
        lambda: Region.objects.bulk_create([Region(code="13")]),
        lambda: Region.objects.create(code="13"),
        lambda: Boundary.objects.bulk_update([boundary], ["source"]),
    ]
    for write in writes:
        with pytest.raises(WriteOutsideAction):
            write()


def edited(by, region, **changes):
    fields = ("name", "time_zone", "latitude", "longitude")
    now = {field: getattr(region, field) for field in fields}
    return edit_region(by=by, region=region, **{**now, **changes})


def test_an_edit_is_recorded_with_what_was_before(batubara):
    edited(SYSTEM, Region.objects.get(pk="12.19.08"), name=" Laut Tador Baru ")
    event = AuditEvent.objects.first()
    assert str(event) == "sistem mengubah data Kecamatan Laut Tador Baru"
    assert event.data["changes"] == {"name": ["Laut Tador", "Laut Tador Baru"]}


def test_an_edit_that_changes_nothing_leaves_no_record(batubara):
    before = AuditEvent.objects.count()
    edited(SYSTEM, batubara)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"time_zone": "Europe/Berlin"}, "time_zone"),
        ({"latitude": 3.0}, "longitude"),
        ({"longitude": 99.0}, "latitude"),
        ({"latitude": 91.0, "longitude": 99.0}, "latitude"),
        ({"latitude": 3.0, "longitude": 181.0}, "longitude"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused_at_its_field(batubara, changes, field):
    with pytest.raises(ValidationError) as caught:
        edited(SYSTEM, batubara, **changes)
    assert field in caught.value.message_dict
    batubara.refresh_from_db()
    assert (batubara.name, batubara.latitude) == ("Kabupaten Batu Bara", None)


def test_an_administrator_edits_only_within_their_own(person):
    administrator = person("administrator", "12.19.08")
    assert edited(administrator, Region.objects.get(pk="12.19.08"), name="Lain").name == "Lain"
    with pytest.raises(PermissionDenied):
        edited(administrator, Region.objects.get(pk="12.19.07"), name="Lain")
