"""Regions and boundaries in the admin, and no way round the actions there."""

import pytest
from django.urls import reverse

from forkopimda.audit.models import AuditEvent
from forkopimda.regions.models import Boundary, Region

from .conftest import feature, square, stored

TALAWI = "12.19.05"
LIST = "admin:regions_region_changelist"
CHANGE = "admin:regions_region_change"


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("administrator", "12.19", username="admin"))


def typed(**changes):
    return {
        "name": "Talawi",
        "time_zone": "Asia/Jakarta",
        "latitude": "3.2017",
        "longitude": "99.5496",
        **changes,
    }


@pytest.mark.parametrize("asked", ["talaw", "12.19.05"])
def test_regions_are_found_by_name_and_by_code(client, asked):
    page = client.get(reverse(LIST), {"q": asked}).content.decode()
    assert TALAWI in page
    assert "Sei Balai" not in page


def test_regions_are_filtered_by_level(client):
    page = client.get(reverse(LIST), {"level__exact": "kecamatan"}).content.decode()
    assert "Talawi" in page
    assert "Kabupaten Batu Bara</a>" not in page


def test_the_list_costs_as_many_queries_however_many_regions(
    client, run, csv_file, django_assert_max_num_queries
):
    villages = "".join(f"{TALAWI}.{2000 + n},Desa {n}\n" for n in range(300))
    run("load_regions", csv_file("code,name\n" + villages))
    with django_assert_max_num_queries(8):
        page = client.get(reverse(LIST)).content.decode()
    assert page.count('class="field-level"') == 50


def test_an_edit_in_the_admin_goes_through_the_action(client):
    response = client.post(reverse(CHANGE, args=[TALAWI]), typed(name="Talawi Baru"))
    assert response.status_code == 302
    assert Region.objects.get(pk=TALAWI).name == "Talawi Baru"
    event = AuditEvent.objects.first()
    assert (event.actor, event.action) == ("admin", "regions.edit_region")


def test_what_the_action_refuses_stands_at_its_field_and_stores_nothing(client):
    before = stored()
    response = client.post(reverse(CHANGE, args=[TALAWI]), typed(name="Lain", latitude=""))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["latitude"]
    assert 'value="Lain"' in response.content.decode()
    assert stored() == before


def test_code_level_and_parent_can_not_be_changed(client):
    client.post(
        reverse(CHANGE, args=[TALAWI]),
        typed(code="12.19.99", level="village", parent="12", name="Talawi Baru"),
    )
    region = Region.objects.get(name="Talawi Baru")
    assert (region.code, region.level, region.parent_id) == (TALAWI, "kecamatan", "12.19")


def test_regions_are_neither_added_nor_deleted_in_the_admin(client):
    assert client.get(reverse("admin:regions_region_add")).status_code == 403
    delete = reverse("admin:regions_region_delete", args=[TALAWI])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Region.objects.filter(pk=TALAWI).exists()


def test_regions_of_others_are_not_there(client):
    assert Region.objects.filter(name="Kabupaten Asahan").exists()
    assert "Asahan" not in client.get(reverse(LIST)).content.decode()
    before = stored()
    assert client.post(reverse(CHANGE, args=["12.09"]), typed()).status_code == 302
    assert stored() == before


def test_an_auditor_reads_and_changes_nothing(person, sign_in):
    auditor = sign_in(person("auditor", "12.19"))
    assert auditor.get(reverse(CHANGE, args=[TALAWI])).status_code == 200
    before = stored()
    assert auditor.post(reverse(CHANGE, args=[TALAWI]), typed(name="Lain")).status_code == 403
    assert stored() == before


def test_a_boundary_is_shown_in_summary_and_never_written(client, run, geojson_file):
    run("load_boundaries", geojson_file(feature(TALAWI, square(99.5, 3.2))), "--source", "BIG 2025")
    address = reverse("admin:regions_boundary_change", args=[TALAWI])
    page = client.get(address).content.decode()
    assert "Polygon, 1 bagian, 5 titik" in page
    assert "122,90" in page
    assert "BIG 2025" in page
    assert "coordinates" not in page
    before = stored()
    assert client.post(address, {"source": "lain"}).status_code == 403
    assert client.get(reverse("admin:regions_boundary_add")).status_code == 403
    assert stored() == before


def test_the_list_of_boundaries_does_not_read_the_outlines(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as captured:
        page = client.get(reverse("admin:regions_boundary_changelist")).content.decode()
    assert Boundary.objects.count() == 12
    assert "Kecamatan Talawi" in page
    assert not any('"geometry"' in query["sql"] for query in captured.captured_queries)
