"""Frames in the admin: versions are read, copied, edited as drafts, published, discarded."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forkopimda.lib.authority import SYSTEM
from security import actions
from security.frame_parts import DimensionPart, IndicatorPart
from security.models import Dimension, Frame, Indicator
from tests.conftest import ASAHAN, BATU_BARA

from .assessing import frame

LIST = "/admin/security/frame/"


def page_of(frame):
    return f"{LIST}{frame.pk}/change/"


@pytest.fixture
def administrator(person):
    return person("administrator", BATU_BARA)


@pytest.fixture
def draft(administrator, regions):
    return actions.draft_frame(by=administrator, source=frame(), region=regions[BATU_BARA])


def test_the_list_shows_versions_with_place_and_state(draft, administrator, sign_in):
    page = sign_in(administrator).get(LIST).content.decode()

    assert "IPKP Polri" in page
    assert "seluruh Indonesia" in page
    assert "Kabupaten Batu Bara" in page
    assert "Konsep" in page


def test_a_published_version_is_read_with_its_weights_and_can_be_copied(administrator, sign_in):
    client = sign_in(administrator)
    source = frame()

    page = client.get(page_of(source)).content.decode()
    assert "Politik uang dan sumber daya" in page
    assert 'name="_save"' not in page
    assert "Terbitkan" not in page
    assert client.post(page_of(source), {"name": "Lain"}).status_code == 403
    assert f"{LIST}{source.pk}/versi-baru/" in page

    asked = client.get(f"{LIST}{source.pk}/versi-baru/").content.decode()
    assert "disalin menjadi konsep" in asked
    assert "Kabupaten Batu Bara" in asked
    assert "nasional" not in asked
    answer = client.post(f"{LIST}{source.pk}/versi-baru/", {"place": BATU_BARA}, follow=True)
    assert "Konsep dibuat" in answer.content.decode()
    made = Frame.objects.get(region=BATU_BARA)
    assert made.state == "draft"
    assert Indicator.objects.filter(dimension__frame=made).count() == 17


def test_who_administers_the_country_drafts_for_the_country(person, sign_in):
    client = sign_in(person("administrator", ""))

    client.post(f"{LIST}{frame().pk}/versi-baru/", {"place": "nasional"})

    assert Frame.objects.get(region=None, state="draft").version == 2


def sent(draft, **changed):
    """The form of a draft as its page sends it; `changed` by indicator's code and kind."""
    fields = {"name": draft.name, "note": draft.note, "medium_from": "33,34", "high_from": "66,67"}
    for dimension in draft.dimensions.all():
        fields |= {f"d{dimension.pk}-name": dimension.name, f"d{dimension.pk}-weight": "1,00"}
        fields |= {f"d{dimension.pk}-new-weight": "1"}
        for row in dimension.indicators.all():
            fields |= {
                f"i{row.pk}-name": row.name,
                f"i{row.pk}-weight": "1,00",
                f"i{row.pk}-guidance": row.guidance,
            }
    return fields | {"new-weight": "1"} | changed


def key(draft, code):
    return f"i{Indicator.objects.get(dimension__frame=draft, code=code).pk}"


def test_a_draft_is_edited_extended_and_published(draft, administrator, sign_in):
    client = sign_in(administrator)
    money, media = key(draft, "politik-uang"), key(draft, "media")
    crowd = draft.dimensions.get(code="ambang-gangguan")
    fields = sent(
        draft,
        **{
            "medium_from": "30",
            f"{money}-weight": "2,5",
            f"{media}-remove": "on",
            f"d{crowd.pk}-weight": "3",
            f"d{crowd.pk}-new-name": "Geng motor",
            f"d{crowd.pk}-new-guidance": "Laporan warga",
            "new-name": "Logistik",
        },
    )

    answer = client.post(page_of(draft), fields)

    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    rows = Indicator.objects.filter(dimension__frame=draft)
    assert draft.medium_from == 30
    assert rows.get(code="politik-uang").weight == Decimal("2.5")
    assert not rows.filter(code="media").exists()
    assert rows.get(code="geng-motor").dimension_id == crowd.pk
    assert Dimension.objects.get(pk=crowd.pk).weight == 3
    assert Dimension.objects.get(frame=draft, name="Logistik").indicators.count() == 0

    refused = client.post(f"{LIST}{draft.pk}/terbitkan/")
    assert refused.status_code == 422
    assert "Dimensi “Logistik” belum punya indikator" in refused.content.decode()
    empty = Dimension.objects.get(frame=draft, name="Logistik")
    fields = sent(draft, **{f"d{empty.pk}-remove": "on"})
    assert client.post(page_of(draft), fields).status_code == 302
    page = client.get(page_of(draft)).content.decode()
    assert "Terbitkan" in page
    answer = client.post(f"{LIST}{draft.pk}/terbitkan/", follow=True)
    assert "Versi baru berlaku." in answer.content.decode()
    assert frame() == draft


WRONG_WEIGHTS = {
    "banyak": "Isi dengan angka, misalnya 1,5.",
    "NaN": "Isi dengan angka, misalnya 1,5.",
    "0": "Bobot harus di atas 0.",
    "-2": "Bobot harus di atas 0.",
    "": "Bidang ini tidak boleh kosong.",
}


def test_a_wrong_weight_is_told_beside_its_field_and_nothing_typed_is_lost(
    draft, administrator, sign_in
):
    money = key(draft, "politik-uang")
    client = sign_in(administrator)
    for weight, message in WRONG_WEIGHTS.items():
        fields = sent(draft, **{f"{money}-weight": weight, f"{money}-guidance": "Petunjuk baru"})

        page = client.post(page_of(draft), fields).content.decode()

        assert message in page, weight
        assert f'id="id_{money}-weight_error"' in page
        assert "Petunjuk baru" in page
    assert Indicator.objects.get(dimension__frame=draft, code="politik-uang").weight == 1


def test_cut_offs_out_of_order_and_a_nameless_new_indicator_are_told(draft, administrator, sign_in):
    first = draft.dimensions.first()
    client = sign_in(administrator)

    page = client.post(page_of(draft), sent(draft, high_from="20")).content.decode()
    assert "Ambang tinggi harus di atas ambang sedang." in page
    page = client.post(
        page_of(draft), sent(draft, **{f"d{first.pk}-new-guidance": "Tanpa nama"})
    ).content.decode()
    assert "Beri nama indikator baru ini." in page


def test_who_saves_a_draft_that_somebody_else_has_changed_is_told_first(
    draft, administrator, sign_in
):
    client = sign_in(administrator)
    shown = re.search(r'name="seen" value="(\w+)"', client.get(page_of(draft)).content.decode())
    actions.edit_frame(
        by=SYSTEM, frame=draft, dimensions=[DimensionPart("Lain", [IndicatorPart("Satu")])]
    )

    answer = client.post(page_of(draft), sent(draft, seen=shown.group(1), name="Nama saya"))

    page = answer.content.decode()
    assert "Konsep ini diubah orang lain" in page
    assert "Nama saya" in page
    now = re.search(r'name="seen" value="(\w+)"', page).group(1)
    assert client.post(page_of(draft), sent(draft, seen=now, name="Nama saya")).status_code == 302
    draft.refresh_from_db()
    assert draft.name == "Nama saya"
    assert [row.name for row in draft.dimensions.all()] == ["Lain"]


def test_a_draft_is_discarded_after_a_question(draft, administrator, sign_in):
    client = sign_in(administrator)

    assert client.get(f"{LIST}{draft.pk}/delete/").status_code == 200
    client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})

    assert not Frame.objects.filter(pk=draft.pk).exists()
    assert not Dimension.objects.filter(frame_id=draft.pk).exists()
    assert client.get(f"{LIST}{frame().pk}/delete/").status_code == 403


def test_another_regencys_administrator_and_an_auditor_change_no_frame(draft, person, sign_in):
    neighbour = sign_in(person("administrator", ASAHAN))
    assert neighbour.get(page_of(draft)).status_code == 302
    for address in ("versi-baru", "terbitkan"):
        assert neighbour.post(f"{LIST}{draft.pk}/{address}/").status_code == 404
    assert neighbour.post(f"{LIST}{frame().pk}/terbitkan/").status_code == 403
    assert (
        neighbour.post(f"{LIST}{frame().pk}/versi-baru/", {"place": BATU_BARA}).status_code == 422
    )

    auditor = sign_in(person("auditor"))
    assert "versi-baru" not in auditor.get(page_of(frame())).content.decode()
    for address in ("versi-baru", "terbitkan"):
        assert auditor.post(f"{LIST}{draft.pk}/{address}/").status_code == 403
    assert auditor.post(page_of(draft), sent(draft)).status_code == 403
    assert Frame.objects.get(pk=draft.pk).state == "draft"


def test_a_draft_page_asks_no_more_queries_when_the_frame_grows(
    draft, administrator, sign_in, django_assert_max_num_queries
):
    client = sign_in(administrator)
    client.get(page_of(draft))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(draft))
    parts = [
        DimensionPart(f"Dimensi {n}", [IndicatorPart(f"Indikator {i}") for i in range(6)])
        for n in range(8)
    ]
    actions.edit_frame(by=administrator, frame=draft, dimensions=parts)

    with django_assert_max_num_queries(len(few)):
        assert "Dimensi 7" in client.get(page_of(draft)).content.decode()
