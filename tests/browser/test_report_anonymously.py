"""A citizen reports on a phone: step by step with JavaScript, on one page without it."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from asn_neutrality.actions.keys import unlock
from asn_neutrality.admission import UNSOLVED, UNSOLVED_NAME
from asn_neutrality.entries import open_case
from asn_neutrality.models import Case
from forkopimda.lib import limits
from tests.asn_neutrality.made import PASSPHRASE, give_key
from tests.processes import web_server

from .officer import photo
from .phone import HEIGHT, WIDTH, Phone

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 bukti %%EOF"}
PROGRAM = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + bytes(5000)}
WORDS = "Lurah membagikan stiker calon"


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    with web_server({"MEDIA_ROOT": str(folder)}) as url:
        yield url, folder


@pytest.fixture
def examiner(person):
    return give_key(person("asn_examiner"))


class Reporter(Phone):
    """Somebody without an account."""

    def next(self, words):
        self.press("Lanjut", words)

    def box(self, label):
        """The text field whose label begins so."""
        return self.page.get_by_role("textbox", name=label)

    def sends(self):
        self.page.get_by_role("button", name="Kirim laporan").click()

    def takes_the_code(self):
        expect(self.page.get_by_role("heading", name="Laporan diterima")).to_be_visible()
        self.shows("Kode lacak")
        return self.page.locator("[data-code]").inner_text().replace(" ", "")


@pytest.fixture
def reporter(server, examiner, open_browser, settings):
    """Opens the form on a phone: `reporter(**options)`."""
    url, settings.MEDIA_ROOT = server

    def opened(**options):
        phone = Reporter(open_browser(WIDTH, HEIGHT, **options))
        phone.open(f"{url}/lapor/", "Sebelum Anda menulis")
        if options.get("java_script_enabled", True):
            expect(phone.page.locator("#lapor[data-ready]")).to_be_attached()
        return phone

    return opened


def content(examiner):
    """What the one report holds, as its examiner reads it: words, and names of files."""
    [case] = Case.objects.all()
    opened = open_case(case, examiner, unlock(examiner, PASSPHRASE))
    entry = case.entries.get(kind="narrative")
    return opened.read(entry), [file.name for file in opened.files(entry)]


def test_a_report_takes_three_answers_and_a_few_taps(reporter, examiner, record_property):
    phone = reporter(has_touch=True)
    page, taps, begun = phone.page, 0, time.monotonic()

    for name, words in [
        ("Mulai", "Langkah 1 dari 5"),
        ("Membagikan", None),
        ("Lanjut", "Langkah 2 dari 5"),
        ("Lanjut", "Langkah 3 dari 5"),
        ("Cerita", None),
        ("Lanjut", "Langkah 4 dari 5"),
        ("Lanjut", "Langkah 5 dari 5"),
        ("Anonim", None),
    ]:
        taps += 1
        if name == "Membagikan":
            page.get_by_text("Pemberian uang atau barang untuk calon").tap()
        elif name == "Cerita":
            phone.box("Ceritakan apa yang terjadi").tap()
            page.keyboard.type(WORDS)
        elif name == "Anonim":
            page.get_by_text("Anonim: nama dan kontak tidak diberikan").tap()
        else:
            page.get_by_role("button", name=name, exact=True).tap()
            phone.shows(words)
    page.get_by_role("button", name="Kirim laporan").tap()
    taps += 1
    assert len(phone.takes_the_code()) == 16

    record_property("taps", taps)
    record_property("seconds", round(time.monotonic() - begun, 1))
    assert taps == 9
    words, files = content(examiner)
    assert (words["what"], files) == (WORDS, [])


def test_what_is_refused_costs_nothing_that_was_typed_or_chosen(reporter, examiner, tmp_path):
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    phone = reporter()
    page = phone.page
    phone.press("Mulai", "Langkah 1 dari 5")
    phone.next("Pilih satu yang paling mendekati.")
    phone.pick("Penyebaran hoaks atau informasi yang meresahkan")
    phone.box("Beredar di mana").fill("grup WhatsApp")
    assert not Axe().run(page).response["violations"]
    phone.next("Siapa yang dilaporkan?")
    expect(page.get_by_role("heading", name="Siapa yang dilaporkan?")).to_be_focused()
    phone.box("Jabatan").fill("Lurah")
    page.keyboard.press("Enter")
    phone.shows("Langkah 3 dari 5")
    phone.box("Ceritakan apa yang terjadi").fill("   ")
    phone.next("Ceritakan apa yang terjadi.")
    phone.box("Ceritakan apa yang terjadi").fill(WORDS)
    phone.next("Langkah 4 dari 5")
    page.go_back()
    expect(phone.box("Ceritakan apa yang terjadi")).to_have_value(WORDS)
    phone.next("Langkah 4 dari 5")
    page.locator("#id_files").set_input_files([PDF, PROGRAM, photo(600)])
    expect(page.locator(".lapor-file")).to_have_count(3)
    page.locator("#id_files").set_input_files(film)
    phone.shows("film.mp4: Lebih besar dari 50 MB; tidak ikut dipilih.")
    expect(page.locator(".lapor-file")).to_have_count(3)
    phone.next("Langkah 5 dari 5")
    assert not Axe().run(page).response["violations"]
    phone.sends()
    phone.shows("Pilih salah satu.")
    phone.pick("Anonim: nama dan kontak tidak diberikan")
    phone.sends()

    refused = page.locator(".lapor-file").filter(has_text="tidak dikenali")
    expect(refused).to_contain_text("foto.jpg")
    refused.get_by_role("button").click()
    expect(page.locator(".lapor-file")).to_have_count(2)
    phone.next("Langkah 5 dari 5")

    page.context.set_offline(True)
    phone.sends()
    phone.shows("Tidak terhubung. Semua yang Anda isi masih ada di sini.")
    page.context.set_offline(False)
    phone.sends()
    phone.takes_the_code()
    words, files = content(examiner)
    assert (words["what"], words["who"]["office"]) == (WORDS, "Lurah")
    assert words["hoax"]["platform"] == "grup WhatsApp"
    assert files == ["surat.pdf", "IMG_0001.jpg"]
    assert limits.spent(UNSOLVED_NAME, UNSOLVED) == 0  # the browser solves its puzzles


def test_without_javascript_the_whole_report_goes_on_one_page(reporter, examiner):
    phone = reporter(java_script_enabled=False)
    page = phone.page
    phone.box("Ceritakan apa yang terjadi").fill(WORDS)
    phone.box("Di mana").fill("kantor kelurahan")
    page.locator("#id_files").set_input_files([PDF])
    phone.sends()
    phone.shows("Pilih satu yang paling mendekati.")
    expect(phone.box("Ceritakan apa yang terjadi")).to_have_value(WORDS)
    phone.shows("pilih lagi berkas Anda")
    assert not phone.box("Beredar di mana").is_visible()
    phone.pick("Penggunaan fasilitas negara")
    phone.pick("Dirahasiakan: hanya pemeriksa yang dapat membukanya, dengan alasan")
    phone.box("Nama Anda").fill("Fulanah")
    phone.box("Nomor telepon atau surel Anda").fill("fulanah@contoh.example")
    page.locator("#id_files").set_input_files([PDF])
    page.get_by_role("button", name="Kirim laporan").dblclick()
    phone.takes_the_code()
    words, files = content(examiner)
    assert (words["where"], files) == ("kantor kelurahan", ["surat.pdf"])


def test_the_way_out_is_one_tap_or_escape_twice_and_leads_back_to_nothing(reporter):
    for way in ("link", "keys"):
        phone = reporter()
        page = phone.page
        page.route("**/lapor/keluar/", lambda route: route.fulfill(body="Cuaca hari ini"))
        phone.press("Mulai", "Langkah 1 dari 5")
        phone.pick("Pengumpulan salinan KTP")
        phone.next("Langkah 2 dari 5")
        phone.box("Jabatan").fill("Lurah")
        if way == "link":
            page.get_by_role("link", name="Keluar cepat").click()
        else:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        expect(page.get_by_text("Cuaca hari ini")).to_be_visible()
        page.go_back()
        assert page.url == "about:blank"
