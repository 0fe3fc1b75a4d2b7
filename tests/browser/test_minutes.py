"""Note-takers in a real browser: no text is lost when the network drops, none overwritten."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.people import example as people
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def item(regions, person):
    """The one point of a meeting that runs now, and two note-takers."""
    people.load(password=None)
    start = timezone.now() - timedelta(minutes=30)
    region = regions["12.19"]
    meeting = actions.plan_meeting(
        by=SYSTEM,
        region=region,
        title="Rapat koordinasi",
        place="Aula",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )
    for code in ("polres", "dprd"):
        institution = region.institutions.get(code=code)
        actions.invite(by=SYSTEM, meeting=meeting, institution=institution)
    actions.send_invitations(by=SYSTEM, meeting=meeting)
    person("secretariat", username="satu", display_name="Notulis Satu")
    person("secretariat", username="dua", display_name="Notulis Dua")
    return actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Keamanan")


@pytest.fixture
def site(item, server):
    return server


@pytest.fixture
def editor(site, item, open_browser):
    """Opens the editor as a note-taker: `editor("satu")` -> Page, wide as a phone."""

    def open_editor(username, **options):
        page = open_browser(390, 844, **options)
        page.goto(f"{site}/rapat/{item.meeting_id}/notulen/")
        page.get_by_label("Nama pengguna atau surel").fill(username)
        page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Notulen")
        if options.get("java_script_enabled", True):
            expect(page.locator("#notulen[data-ready]")).to_be_attached()
        return page

    return open_editor


def field(page):
    return page.get_by_role("textbox")


def state(page):
    return page.locator("[data-status]")


def stored(item):
    item.refresh_from_db()
    return item.minutes


def test_what_is_typed_saves_itself_and_says_when(editor, item):
    page = editor("satu")

    field(page).press_sequentially("Keadaan terkendali.")

    expect(state(page)).to_have_text(re.compile(r"^tersimpan \d\d\.\d\d$"))
    assert stored(item) == "Keadaan terkendali."


def test_text_typed_while_the_network_is_cut_is_kept_and_saved_when_it_is_back(editor, item):
    page = editor("satu")
    page.context.set_offline(True)
    field(page).fill("Ditulis tanpa jaringan")
    expect(state(page)).to_contain_text("belum tersimpan: tidak terhubung")
    assert stored(item) == ""

    page.context.set_offline(False)

    expect(state(page)).to_contain_text("tersimpan")
    expect(state(page)).not_to_contain_text("belum")
    assert stored(item) == "Ditulis tanpa jaringan"


def test_text_that_was_not_sent_is_offered_when_the_page_is_opened_again(editor, item):
    page = editor("satu")
    page.context.set_offline(True)
    field(page).fill("Ditulis tanpa jaringan")
    expect(state(page)).to_contain_text("belum tersimpan: tidak terhubung")
    # The network comes back for reading; what the leaving page may still send is lost.
    cut = re.compile(r"/notulen/\d+/$")
    page.route(cut, lambda route: route.abort())
    page.context.set_offline(False)

    page.reload()
    page.unroute(cut)

    expect(page.get_by_text("Di perangkat ini ada teks yang belum tersimpan:")).to_be_visible()
    expect(page.get_by_text("Ditulis tanpa jaringan")).to_be_visible()
    page.get_by_role("button", name="Pakai teks ini").click()
    expect(state(page)).to_have_text(re.compile(r"^tersimpan \d\d\.\d\d$"))
    assert stored(item) == "Ditulis tanpa jaringan"
    page.reload()
    expect(page.get_by_role("button", name="Pakai teks ini")).to_be_hidden()


def test_a_save_that_the_server_can_not_take_is_tried_again_after_a_reload(editor, item):
    page = editor("satu")
    cut = re.compile(r"/notulen/\d+/$")
    page.route(cut, lambda route: route.abort())
    field(page).fill("Baris pertama")
    expect(state(page)).to_contain_text("belum tersimpan")
    page.reload()
    expect(page.get_by_text("Baris pertama")).to_be_visible()
    page.get_by_role("button", name="Pakai teks ini").click()
    expect(state(page)).to_contain_text("belum tersimpan")

    page.unroute(cut)

    expect(state(page)).to_have_text(re.compile(r"^tersimpan"), timeout=15_000)
    assert stored(item) == "Baris pertama"


def test_an_answer_lost_on_the_way_is_no_conflict(editor, item):
    page = editor("satu")
    cut = re.compile(r"/notulen/\d+/$")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route(cut, lose_the_answer, times=1)
    field(page).fill("Sampai di peladen")
    expect(state(page)).to_contain_text("belum tersimpan")
    field(page).press_sequentially(" dan diteruskan")

    expect(state(page)).to_have_text(re.compile(r"^tersimpan"))
    expect(page.locator("[data-other]")).to_be_hidden()
    assert stored(item).endswith("dan diteruskan")


def test_the_second_of_two_note_takers_is_told_and_both_texts_are_there(editor, item):
    first, second = editor("satu"), editor("dua")
    second.context.set_offline(True)
    field(second).fill("Teks kedua")
    expect(state(second)).to_contain_text("belum tersimpan")
    field(first).fill("Teks pertama")
    expect(state(first)).to_have_text(re.compile(r"^tersimpan"))

    second.context.set_offline(False)

    expect(state(second)).to_have_text("orang lain mengubah bagian ini")
    expect(second.locator("[data-other]")).to_contain_text("Notulis Satu")
    expect(second.locator("[data-other-text]")).to_have_text("Teks pertama")
    expect(field(second)).to_have_value("Teks kedua")
    assert stored(item) == "Teks pertama"

    field(second).fill("Teks pertama. Teks kedua")
    second.get_by_role("button", name="Simpan").click()
    expect(state(second)).to_have_text(re.compile(r"^tersimpan"))
    expect(second.locator("[data-other]")).to_be_hidden()
    assert stored(item) == "Teks pertama. Teks kedua"


def test_a_note_taker_who_has_typed_nothing_sees_what_the_other_wrote(editor, item):
    first, second = editor("satu"), editor("dua")

    field(first).fill("Sudah ditulis")

    expect(field(second)).to_have_value("Sudah ditulis", timeout=20_000)
    expect(state(second)).to_contain_text("diubah oleh Notulis Satu")


def test_without_javascript_the_second_note_taker_loses_nothing_either(editor, item):
    page = editor("dua", java_script_enabled=False)
    actions.save_minutes(by=SYSTEM, item=item, text="Teks pertama", seen_version=0)
    field(page).fill("Teks kedua")
    page.get_by_role("button", name="Simpan").click()

    expect(page.get_by_text("Teks pertama")).to_be_visible()
    expect(field(page)).to_have_value("Teks kedua")
    field(page).fill("Keduanya")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Notulen acara nomor 1 disimpan.")).to_be_visible()
    assert stored(item) == "Keduanya"


def test_who_came_is_noted_by_one_tap_and_the_quorum_follows(editor, item, site):
    page = editor("satu")
    page.goto(f"{site}/rapat/{item.meeting_id}/kehadiran/")
    kapolres = page.locator("li", has_text="Kapolres")
    chairman = page.locator("li", has_text="Ketua DPRD")
    expect(page.get_by_text("Kuorum belum tercapai, kurang 2.")).to_be_visible()

    kapolres.get_by_label("Hadir", exact=True).check()
    expect(kapolres.get_by_text("tersimpan")).to_be_visible()
    chairman.get_by_label("Diwakili").check()
    expect(chairman.get_by_text("Tuliskan nama yang mewakili.")).to_be_visible()
    chairman.get_by_label("Nama wakil").fill("Contoh Wakil")
    chairman.get_by_role("button", name="Simpan").click()

    expect(page.get_by_text("Kuorum tercapai.")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "the page scrolls sideways on a phone"


def test_a_tap_that_could_not_be_sent_says_so(editor, item, site):
    page = editor("satu")
    page.goto(f"{site}/rapat/{item.meeting_id}/kehadiran/")
    page.context.set_offline(True)
    row = page.locator("li", has_text="Kapolres")

    row.get_by_label("Hadir", exact=True).check()

    expect(row.get_by_text("belum tersimpan: jaringan terputus.")).to_be_visible()
    page.context.set_offline(False)
    row.get_by_role("button", name="Simpan").click()
    expect(row.get_by_text(re.compile(r"^tersimpan"))).to_be_visible()
