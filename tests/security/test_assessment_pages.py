"""The form of an assessment, its preview, and the page of what was found."""

import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from security.bars import bars_of
from security.models import Assessment, AssessmentScore, Frame
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .assessing import assess, fields, frame, heavier

PAGE = f"/kerawanan/{LAUT_TADOR}/nilai/"
PREVIEW = f"{PAGE}pratinjau/"


@pytest.fixture
def officer(person):
    return person("police_operator", LAUT_TADOR, display_name="Kanit Polsek")


def checked(page):
    """Which values are chosen in a page, by field."""
    found = {}
    for tag in re.findall(r"<input type=\"radio\"[^>]*>", page):
        if " checked" in tag:
            name, value = re.search(r'name="([^"]+)" value="(\d)"', tag).groups()
            found[name] = int(value)
    return found


# --- The form ---


def test_an_officer_fills_in_the_form_and_goes_on_to_the_level(officer, sign_in):
    client = sign_in(officer)

    page = client.get(PAGE).content.decode()
    assert "Potensi gangguan kamtibmas" in page
    assert "Pemberian uang atau barang" in page
    assert "0 dari 17" in page
    assert page.count('type="radio"') == 17 * 5
    assert not checked(page)

    answer = client.post(PAGE, fields(frame(), 2))
    made = Assessment.objects.get()
    assert answer["Location"] == f"/kerawanan/{LAUT_TADOR}/?asesmen={made.pk}#tetapkan"


def test_bawaslus_frame_is_one_choice_away(officer, sign_in):
    client = sign_in(officer)

    page = client.get(f"{PAGE}?kerangka=bawaslu-ikp").content.decode()
    assert page.count('type="radio"') == 12 * 5
    assert "sedang mulai 13,47, tinggi mulai 49,33" in page
    client.post(PAGE, fields(frame("bawaslu-ikp"), 2))

    made = Assessment.objects.get()
    assert (made.frame.code, made.suggested_level) == ("bawaslu-ikp", "high")


def test_missing_indicators_are_named_with_links_and_the_rest_stays_chosen(officer, sign_in):
    sent = fields(frame(), 3)
    del sent["peserta.politik-uang"]
    sent["potensi-gangguan.media"] = "7"

    answer = sign_in(officer).post(PAGE, sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 indikator belum dapat disimpan" in page
    assert 'href="#id_peserta.politik-uang"' in page
    assert 'id="id_peserta.politik-uang"' in page
    assert "“7” bukan nilai. Pilih 0 sampai 4." in page
    assert len(checked(page)) == 15
    assert set(checked(page).values()) == {3}
    assert not Assessment.objects.exists()


def test_the_next_assessment_starts_from_the_last_one_and_says_so(officer, regions, sign_in):
    assess(regions[LAUT_TADOR], by=officer, value=1, politik_uang=4)
    assess(regions[LAUT_TADOR], code="bawaslu-ikp", value=3)
    assess(regions[SEI_SUKA], value=2)

    page = sign_in(officer).get(PAGE).content.decode()

    assert "Terisi dari asesmen" in page
    assert "oleh Kanit Polsek (versi 1)" in page
    chosen = checked(page)
    assert len(chosen) == 17
    assert chosen["peserta.politik-uang"] == 4
    assert chosen["potensi-gangguan.media"] == 1


def test_the_preview_shows_score_reasons_and_bars_and_stores_nothing(officer, sign_in):
    client = sign_in(officer)

    page = client.post(PREVIEW, fields(frame(), 1, politik_uang=4)).content.decode()
    assert "Saran rendah: skor 28 (di bawah ambang sedang 33,34)." in page
    assert "terutama Politik uang dan sumber daya (nilai 4)" in page
    assert page.count("<svg") == 5
    assert 'width="40.00"' in page  # the dimension of contestants
    assert 'hx-swap-oob="innerHTML"' in page

    sent = fields(frame(), 1)
    del sent["potensi-gangguan.geografi"]
    page = client.post(PREVIEW, sent).content.decode()
    assert "16 dari 17" in page
    assert 'href="#id_potensi-gangguan.geografi"' in page
    assert "Saran" not in page
    assert not Assessment.objects.exists()


def test_a_new_version_meanwhile_is_told_and_the_choices_are_kept(officer, regions, sign_in):
    old = frame()
    sent = fields(old, 3, politik_uang=4)
    new = heavier(old, regions[BATU_BARA], media=3)
    client = sign_in(officer)

    answer = client.post(PAGE, sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kerangka diganti versi baru sejak Anda membuka formulir" in page
    assert checked(page)["peserta.politik-uang"] == 4
    assert len(checked(page)) == 17
    assert f'name="versi" value="{new.pk}"' in page
    assert client.post(PAGE, sent | {"versi": new.pk}).status_code == 302
    assert Assessment.objects.get().frame == new


def test_hostile_values_make_no_page_fail(officer, sign_in):
    client = sign_in(officer)
    for value in ("\x00", "9" * 40, "😀", "-1", "x" * 5000):
        sent = fields(frame()) | {"peserta.politik-uang": value}

        assert client.post(PAGE, sent).status_code in {400, 422}
        assert client.post(PREVIEW, sent).status_code in {200, 400}
        assert client.get(f"{PAGE}?kerangka={quote(value)}").status_code in {400, 404}
        assert client.post(PAGE, fields(frame()) | {"versi": value}).status_code in {400, 409}
    assert not Assessment.objects.exists()


def test_a_region_without_any_frame_says_whom_to_ask(officer, sign_in):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE security_frame CASCADE")

    page = sign_in(officer).get(PAGE).content.decode()

    assert "Belum ada kerangka penilaian yang berlaku" in page
    assert sign_in(officer).post(PREVIEW).status_code == 404


# --- The page of an assessment ---


def address(made):
    return f"/kerawanan/{made.region_id}/asesmen/{made.pk}/"


def test_the_page_shows_all_that_an_assessment_rests_on(officer, person, regions, sign_in):
    made = assess(regions[LAUT_TADOR], by=officer, value=1, politik_uang=4)

    page = sign_in(person("viewer")).get(address(made)).content.decode()

    assert "Saran rendah: skor 28" in page
    assert "Kanit Polsek" in page
    assert "Versi 1, berlaku sejak" in page
    assert "sedang mulai 33,34, tinggi mulai 66,67" in page
    assert "bukan angka resmi Polri" in page
    assert "4 · Sangat besar" in page
    assert page.count("1 · Kecil") == 16
    assert page.count("<svg") == 5


def test_an_old_assessment_keeps_its_weights_after_a_new_version(officer, regions, sign_in):
    made = assess(regions[LAUT_TADOR], by=officer, value=0, media=4)
    before = bars_of(made)
    heavier(made.frame, regions[BATU_BARA], media=7)
    again = assess(regions[LAUT_TADOR], by=officer, value=0, media=4)

    client = sign_in(officer)
    old, new = (client.get(address(row)).content.decode() for row in (made, again))

    assert (made.score, again.score) == (Decimal(5), Decimal(14))
    assert "skor 5 (" in old
    assert "Versi 1, berlaku" in old
    assert "skor 14 (" in new
    assert "Versi 2, berlaku" in new
    assert ">7<" not in re.sub(r",00\b", "", old)
    assert ">7<" in re.sub(r",00\b", "", new)
    assert bars_of(Assessment.objects.get(pk=made.pk)) == before
    assert [(bar.name, bar.score, bar.level) for bar in before][3] == (
        "Potensi gangguan kamtibmas",
        Decimal(25),
        "low",
    )


def test_earlier_assessments_of_the_region_are_linked_a_page_at_a_time(officer, regions, sign_in):
    rows = [assess(regions[LAUT_TADOR], by=officer, value=n % 5) for n in range(12)]
    elsewhere = assess(regions[SEI_SUKA])
    client = sign_in(officer)

    page = client.get(address(rows[0])).content.decode()
    assert "Halaman 1 dari 2" in page
    assert address(rows[11]) in page
    assert address(rows[1]) not in page
    assert address(elsewhere) not in page
    assert address(rows[1]) in client.get(f"{address(rows[0])}?page=2").content.decode()


def test_pages_ask_a_bounded_number_of_queries(officer, regions, sign_in):
    client = sign_in(officer)
    made = assess(regions[LAUT_TADOR], by=officer)

    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        return len(caught)

    few = [asked(PAGE), asked(address(made))]
    for n in range(8):
        assess(regions[LAUT_TADOR], value=n % 5)
    many = [asked(PAGE), asked(address(made))]

    assert [later <= before + 1 for before, later in zip(few, many, strict=True)] == [True, True]
    assert max(many) <= 20, many


def test_the_admin_lists_assessments_and_leads_to_their_page(person, regions, sign_in):
    made = assess(regions[LAUT_TADOR], value=2)
    client = sign_in(person("administrator"))

    assert "Laut Tador" in client.get("/admin/security/assessment/").content.decode()
    page = client.get(f"/admin/security/assessment/{made.pk}/change/").content.decode()
    assert address(made) in page
    assert 'name="_save"' not in page


def test_no_reader_of_the_next_regency_sees_assessments(person, regions, sign_in):
    made = assess(regions[LAUT_TADOR])
    neighbour = person("police_approver", ASAHAN)

    assert sign_in(neighbour).get(address(made)).status_code == 404
    assert not Assessment.objects.visible_to(neighbour).exists()
    assert not AssessmentScore.objects.visible_to(neighbour).exists()
    assert Frame.objects.visible_to(neighbour).count() == 2
