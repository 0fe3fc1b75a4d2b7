"""The whole way through, as people walk it: the police raise a level, an official sees it."""

import re

import pytest
from playwright.sync_api import expect

from forkopimda.alerts.models import Delivery
from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region
from security import actions
from security import example as security
from tests.conftest import LAUT_TADOR, PASSWORD
from tests.processes import celery_worker, smtp_server, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(person, server):
    """The product running, with the levels of the meeting, an official and an officer."""
    security.load()
    person("viewer", username="pejabat", email="pejabat@contoh.example", display_name="Pejabat")
    person("police_approver", username="polres", email="polres@contoh.example")
    return server


@pytest.fixture
def mailbox():
    """Where the worker delivers mail."""
    with smtp_server() as mailbox, celery_worker({"EMAIL_URL": mailbox.url}):
        yield mailbox


def enter(page, url, username):
    page.goto(url)
    page.get_by_label("Nama pengguna atau surel").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Batu Bara")


def test_an_official_who_is_looking_sees_the_raised_level_and_is_alerted(
    site, mailbox, open_browser
):
    url = site
    official, officer = open_browser(1280, 900), open_browser(390, 800)
    enter(official, url, "pejabat")
    row = official.locator(f"[data-region='{LAUT_TADOR}']")
    area = official.locator("path.area[aria-label^='Laut Tador']")
    expect(row).to_contain_text("Sedang")
    expect(area).to_have_class(re.compile("area-medium"))
    expect(official.locator("#live-state")).to_have_text("Langsung")

    enter(officer, url, "polres")
    officer.locator(f"[data-region='{LAUT_TADOR}'] a").click()
    officer.get_by_label("Tinggi").check()
    officer.get_by_label("Alasan").fill("Bentrok antarpendukung di lapangan kecamatan")
    officer.get_by_role("button", name="Tetapkan tingkat").click()
    expect(officer.get_by_text("Tingkat Kecamatan Laut Tador dicatat: Tinggi.")).to_be_visible()

    expect(row).to_contain_text("Tinggi")
    expect(row).to_contain_text("naik dari sedang")
    expect(area).to_have_class(re.compile("area-high"))
    expect(official.locator("#panel-alerts")).to_contain_text("Kerawanan Kecamatan Laut Tador")
    expect(official.locator("#panel-changes")).to_contain_text("Bentrok antarpendukung")

    mail = mailbox.wait_for(1)[0]
    assert mail["To"] == "pejabat@contoh.example"
    assert "naik menjadi tinggi" in mail["Subject"]

    expect(official.locator("#alerts-badge")).to_contain_text("1")

    official.get_by_role("link", name="Peringatan", exact=True).click()
    official.get_by_role("button", name="Saya sudah mengetahui").click()
    expect(official.get_by_text("Anda nyatakan diketahui")).to_be_visible()
    expect(official.locator("#alerts-badge")).to_be_empty()
    wait_until(
        lambda: Delivery.objects.filter(acknowledged_at__isnull=False).exists(), 5, "acknowledged"
    )


def test_after_a_burst_of_changes_the_page_shows_the_last_one(site, open_browser):
    url = site
    official = open_browser(1280, 900)
    enter(official, url, "pejabat")
    expect(official.locator("#live-state")).to_have_text("Langsung")

    region = Region.objects.get(pk=LAUT_TADOR)
    for level in ["high", "low"] * 15 + ["high"]:
        actions.rate_region(by=SYSTEM, region=region, level=level, reason=f"menjadi {level}")

    row = official.locator(f"[data-region='{LAUT_TADOR}']")
    expect(row).to_contain_text("Tinggi")
    expect(official.locator("#panel-alerts")).to_contain_text("16")


def test_a_page_whose_stream_is_cut_polls_and_catches_up(site, open_browser):
    url = site
    official = open_browser(1280, 900)
    official.route("**/langsung/**", lambda route: route.abort())
    enter(official, url, "pejabat")
    expect(official.locator("#live-state")).to_have_text("Diperbarui berkala")

    officer = open_browser(390, 800)
    enter(officer, url, "polres")
    officer.goto(f"{url}/kerawanan/{LAUT_TADOR}/")
    officer.get_by_label("Tinggi").check()
    officer.get_by_label("Alasan").fill("Keadaan memburuk")
    officer.get_by_role("button", name="Tetapkan tingkat").click()

    row = official.locator(f"[data-region='{LAUT_TADOR}']")
    expect(row).to_contain_text("Tinggi", timeout=20_000)


def test_who_has_no_javascript_reads_and_rates_all_the_same(site, open_browser):
    url = site
    officer = open_browser(390, 800, java_script_enabled=False)
    enter(officer, url, "polres")
    expect(officer.locator(f"[data-region='{LAUT_TADOR}']")).to_contain_text("Sedang")
    expect(officer.get_by_text("Peta memerlukan JavaScript")).to_be_visible()

    officer.locator(f"[data-region='{LAUT_TADOR}'] a").click()
    officer.get_by_label("Rendah").check()
    officer.get_by_label("Alasan").fill("Keadaan tenang")
    officer.get_by_role("button", name="Tetapkan tingkat").click()

    expect(officer.get_by_text("Tingkat Kecamatan Laut Tador dicatat: Rendah.")).to_be_visible()


def test_the_map_is_walked_by_keyboard(site, open_browser):
    url = site
    page = open_browser(1280, 900)
    enter(page, url, "pejabat")
    area = page.locator("path.area[aria-label^='Laut Tador']")
    area.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kecamatan Laut Tador")
