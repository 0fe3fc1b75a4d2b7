"""The incident form on a phone-wide screen: few taps, three ways to a place, no text lost."""

import re
import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from security.models import Incident

from .officer import HERE, officer, photo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(person, server):
    person("police_operator", "12.19.08", username="polsek")
    return server


@pytest.fixture
def opened(site, open_browser):
    """Opens the form on a phone: `opened(**options)`."""

    def open_form(**options):
        phone = officer(site, open_browser, **options)
        phone.sign_in("polsek")
        if options.get("java_script_enabled", True):
            expect(phone.page.locator("#report[data-ready]")).to_be_attached()
        return phone

    return open_form


class Taps:
    """Counts what a thumb does."""

    def __init__(self):
        self.count = 0

    def __call__(self, target):
        target.tap()
        self.count += 1


def test_a_minimal_incident_takes_a_few_taps(opened, record_property):
    phone = opened(has_touch=True, geolocation=HERE, permissions=["geolocation"])
    page, tap, begun = phone.page, Taps(), time.monotonic()

    tap(page.get_by_role("button", name="Pakai lokasi saya"))
    tap(page.get_by_text("Unjuk rasa", exact=True))
    tap(page.get_by_text("Ringan", exact=True))
    tap(page.get_by_label("Uraian singkat"))
    page.keyboard.type("Massa di simpang")
    expect(page.get_by_text("Lokasi didapat, ketelitian ± 12 m")).to_be_visible()
    expect(page.get_by_text("Kecamatan Laut Tador, perkiraan")).to_be_visible()
    tap(page.get_by_role("button", name="Kirim laporan"))
    expect(phone.waiting).to_contain_text("Terkirim")

    record_property("seconds", round(time.monotonic() - begun, 1))
    assert tap.count == 5
    incident = Incident.objects.get()
    assert (incident.category, incident.severity) == ("protest", "minor")
    assert (incident.latitude, incident.longitude) == (HERE["latitude"], HERE["longitude"])
    assert incident.accuracy_m == 12
    assert incident.region_id == "12.19.08"
    assert timezone.now() - incident.occurred_at < timedelta(minutes=2)


def test_a_tap_on_the_map_finds_the_region_and_the_mark_moves_by_keyboard(opened):
    phone = opened()
    page = phone.page
    page.get_by_text("Tunjuk di peta").click()
    expect(page.locator("[data-map][data-drawn]")).to_be_attached()
    label = page.locator("#incident-map .map-label", has_text="Sei Suka")
    box = label.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("Kecamatan Sei Suka, perkiraan")).to_be_visible()
    expect(page.get_by_label("Kecamatan atau desa")).to_have_value("12.19.02")

    latitude = page.get_by_label("Lintang")
    before = float(latitude.input_value())
    page.get_by_label("Titik kejadian").focus()
    page.keyboard.press("ArrowUp")
    expect(latitude).not_to_have_value(f"{before:.6f}")
    assert float(latitude.input_value()) > before

    # What the officer chooses stays, wherever the mark goes.
    page.get_by_label("Kecamatan atau desa").select_option("12.19.08")
    page.get_by_label("Titik kejadian").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Kecamatan atau desa")).to_have_value("12.19.08")


def test_a_refused_position_says_what_to_do_and_the_list_serves(opened):
    phone = opened()
    phone.press("Pakai lokasi saya", "Izin lokasi ditolak. Izinkan lokasi untuk situs ini")
    phone.press("Kirim laporan", "Pilih apa yang terjadi.")
    phone.shows("Pakai lokasi, tunjuk di peta, atau pilih wilayah.")
    expect(phone.waiting).to_have_count(0)

    phone.write("Tanpa titik", "12.19.02")
    phone.send()

    expect(phone.waiting).to_contain_text("Terkirim")
    assert Incident.objects.get().region_id == "12.19.02"


def test_what_is_typed_and_photographed_is_there_after_a_reload(opened):
    phone = opened()
    page = phone.page
    page.get_by_text("Jenis lain").click()
    phone.pick("Kriminalitas")
    phone.fill("Uraian singkat", "Geng motor di Simpang Gambus")
    phone.fill("Perkiraan orang terlibat (boleh kosong)", "15")
    phone.add_photo(photo(800))
    phone.add_photo(photo(900), count=2)
    phone.page.get_by_role("button", name="Buang: foto 1").click()
    expect(page.locator("[data-previews] canvas")).to_have_count(1)

    page.reload()

    phone.shows("Yang Anda ketik tadi dipulihkan")
    expect(phone.field("Uraian singkat")).to_have_value("Geng motor di Simpang Gambus")
    expect(phone.field("Kriminalitas")).to_be_checked()
    expect(page.locator("[data-previews] canvas")).to_have_count(1)
    phone.pick("Sedang")
    page.get_by_label("Kecamatan atau desa").select_option("12.19.08")
    phone.send()
    expect(phone.waiting).to_contain_text("Terkirim")
    assert Incident.objects.get().photos.count() == 1

    page.reload()
    expect(page.locator("#report[data-ready]")).to_be_attached()
    expect(phone.field("Uraian singkat")).to_have_value("")


def test_a_report_that_the_server_refuses_comes_back_to_be_mended(opened):
    phone = opened()
    page = phone.page
    phone.write("Jam ponsel salah")
    tomorrow = timezone.localtime() + timedelta(days=1)
    phone.fill("Waktu kejadian", f"{tomorrow:%Y-%m-%dT%H:%M}")
    phone.send()

    expect(phone.waiting).to_contain_text("Perlu diperbaiki")
    expect(page.locator("[data-error=occurred_at]")).not_to_be_empty()
    expect(phone.field("Uraian singkat")).to_have_value("Jam ponsel salah")
    assert not Incident.objects.exists()

    # It can be put off, and taken up again from any page.
    page.goto(f"{phone.site}/insiden/")
    phone.follow("Perbaiki", "Laporkan insiden")
    expect(page.locator("[data-error=occurred_at]")).not_to_be_empty()
    phone.press("Sekarang", "mengikuti jam sampai Anda ubah")
    phone.send()

    expect(phone.waiting).to_contain_text("Terkirim")
    assert Incident.objects.get().description == "Jam ponsel salah"


def test_without_javascript_the_form_is_a_plain_one(opened):
    phone = opened(java_script_enabled=False)
    phone.write("Tanpa JavaScript")
    phone.page.get_by_label("Pilih foto").set_input_files([photo(800)])
    phone.send()

    phone.shows(re.compile("dicatat dengan nomor"))
    assert Incident.objects.get().photos.count() == 1


def test_the_form_and_what_waits_have_no_serious_finding(opened):
    phone = opened(reduced_motion="reduce")
    page = phone.page
    page.context.set_offline(True)
    phone.write("Untuk diperiksa")
    phone.send()
    expect(phone.waiting).to_contain_text("Menunggu jaringan")
    for summary in ("Tunjuk di peta", "Ketik koordinat", "Jenis lain"):
        page.get_by_text(summary, exact=True).click()
    expect(page.locator("[data-map][data-drawn]")).to_be_attached()
    page.get_by_role("button", name="Letakkan titik di tengah peta").click()
    phone.add_photo(photo(400))
    phone.send()
    phone.shows("Pilih apa yang terjadi.")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
        assert not serious, (scheme, [one["nodes"] for one in found if one["id"] in serious])
