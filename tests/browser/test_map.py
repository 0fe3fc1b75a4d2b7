"""The map of the page of levels in a real browser: layers, days, links, keyboard."""

import re

import pytest
from playwright.sync_api import expect

from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region
from security import actions
from security.example import levels
from tests.conftest import LAUT_TADOR, PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(person, server):
    levels.load()
    region = Region.objects.get(pk=LAUT_TADOR)
    actions.rate_region(by=SYSTEM, region=region, level="high", reason="contoh")
    person("viewer", username="pejabat")
    return server


@pytest.fixture
def page(site, open_browser):
    page = open_browser(1280, 900)
    page.goto(site)
    page.get_by_label("Nama pengguna atau surel").fill("pejabat")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Batu Bara")
    return page


def area(page):
    return page.locator("path.area[aria-label^='Laut Tador']")


def shown(page, address):
    page.goto(address)
    expect(page.locator("#layer-map")).to_have_attribute("data-ready", "yes")


def test_days_layers_and_links(site, page):
    """One walk: a past day by keyboard, another layer, the link opened anew, live changes."""
    shown(page, f"{site}/kerawanan/")
    expect(area(page)).to_have_class(re.compile("area-high"))

    # Back to the day of the meeting: map and table both show it.
    page.get_by_label("Geser ke hari yang lalu").focus()
    page.keyboard.press("Home")
    expect(area(page)).to_have_class(re.compile("area-medium"))
    expect(area(page)).to_have_attribute("aria-label", "Laut Tador: Sedang")
    expect(page.locator(f"#levels [data-region='{LAUT_TADOR}']")).to_contain_text("Sedang")
    expect(page.locator("#time-words")).to_have_text("21 November 2024")
    expect(page).to_have_url(re.compile("per=2024-11-21"))

    # The change since then, by its own layer.
    page.get_by_role("button", name="Kembali ke sekarang").click()
    expect(page).not_to_have_url(re.compile("per="))
    page.get_by_label("Perubahan sejak").fill("2024-11-22")
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_label("Perubahan tingkat").check()
    expect(area(page)).to_have_attribute("aria-label", "Laut Tador: Naik")
    expect(page.locator("#layer-legend")).to_contain_text("Turun")

    # The link shows the same again.
    page.get_by_label("Personel pengamanan").check()
    expect(page).to_have_url(re.compile("lapis=perubahan,pengamanan"))
    page.get_by_role("button", name="Perbesar").click()
    expect(page).to_have_url(re.compile(r"z=1[01]\.(25|5|75)|z=11(&|$)"))
    link = page.url
    shown(page, link)
    expect(page.get_by_label("Perubahan tingkat")).to_be_checked()
    expect(page.get_by_label("Personel pengamanan")).to_be_checked()
    expect(area(page)).to_have_attribute("aria-label", "Laut Tador: Naik")
    assert page.url == link

    # Without a colour the outlines stay as the ground under the marks, and say no level.
    page.get_by_label("Tanpa warna").check()
    expect(area(page)).to_have_class(re.compile("area-none"))
    expect(area(page)).to_have_attribute("aria-label", "Laut Tador")
    page.get_by_label("Perubahan tingkat").check()
    expect(area(page)).to_have_attribute("aria-label", "Laut Tador: Naik")

    # By keyboard: Enter opens what is known of an area, with a link to its page.
    area(page).focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("Sekarang")
    popup.get_by_role("link", name="Buka halaman").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laut Tador")


def test_search_full_screen_and_live_changes(site, page):
    shown(page, f"{site}/kerawanan/")
    page.get_by_label("Cari wilayah").press_sequentially("nibung")
    page.locator("#found-regions").get_by_role("link", name="Nibung Hangus").click()
    expect(page).to_have_url(re.compile(r"z=11"))
    expect(page.locator("#layer-map")).to_have_attribute("data-ready", "yes")

    page.get_by_role("link", name="Layar penuh").click()
    expect(page.get_by_role("link", name="Keluar layar penuh")).to_be_visible()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page).to_have_url(re.compile("penuh=1"))

    expect(page.locator("#live-state")).to_have_attribute("data-state", "live")
    region = Region.objects.get(pk=LAUT_TADOR)
    actions.rate_region(by=SYSTEM, region=region, level="low", reason="contoh")
    expect(area(page)).to_have_class(re.compile("area-low"))
    expect(page.locator(f"#levels [data-region='{LAUT_TADOR}']")).to_contain_text("Rendah")
