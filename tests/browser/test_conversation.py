"""A citizen follows their report on a phone without JavaScript, and the desk answers."""

import pytest
from playwright.sync_api import expect

from asn_neutrality.models import Entry
from asn_neutrality.sealing import primitives
from asn_neutrality.sealing.codes import shown
from asn_neutrality.views.status import TRIES, TRIES_NAME
from forkopimda.lib import limits
from tests.asn_neutrality.made import give_key, receive, unlock_desk
from tests.asn_neutrality.talking import token_of, words
from tests.conftest import BATU_BARA
from tests.processes import web_server

from .officer import photo
from .phone import HEIGHT, WIDTH, Phone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory):
    """One web server for these tests."""
    folder = tmp_path_factory.mktemp("media")
    with web_server({"MEDIA_ROOT": str(folder)}) as url:
        yield url, folder


@pytest.fixture
def site(server, settings, monkeypatch):
    """The server's address. It stretches codes at their real cost: so must who is to be found."""
    url, settings.MEDIA_ROOT = server
    monkeypatch.setattr(primitives, "COST", primitives.Cost(3, 64 * 1024 * 1024))
    return url


def test_reporter_and_desk_talk_without_javascript(site, regions, person, sign_in, open_browser):
    user = give_key(person("asn_examiner", display_name="Nama Pemeriksa"))
    received = receive(regions[BATU_BARA])
    report = received.report
    talk = f"/netralitas-asn/{report.case_id}/pesan/{report.pk}/"
    desk = unlock_desk(sign_in(user), user, [report.case])

    phone = Phone(open_browser(WIDTH, HEIGHT, java_script_enabled=False))
    phone.page.goto(f"{site}/lapor/status/")
    phone.fill("Kode lacak", "1234 5678 9012 3456")
    phone.page.get_by_role("button", name="Buka", exact=True).click()
    phone.shows("Kode tidak ditemukan")
    phone.fill("Kode lacak", shown(received.code))
    phone.page.get_by_role("button", name="Buka", exact=True).click()
    phone.shows("Laporan Anda sudah masuk")
    assert received.code not in phone.page.url

    asked = {"text": "Mohon foto undangannya.", "token": token_of(desk.get(talk))}
    assert desk.post(talk, asked).status_code == 302

    phone.page.reload()
    phone.shows("Mohon foto undangannya.")
    expect(phone.page.get_by_text("Nama Pemeriksa")).to_have_count(0)
    phone.fill("Pesan", "Ini fotonya, diambil tadi pagi.")
    phone.page.locator("input[type=file]").set_input_files([photo(800)])
    phone.page.get_by_role("button", name="Kirim", exact=True).click()
    phone.shows("Pesan terkirim ke pemeriksa.")
    phone.shows("Ini fotonya, diambil tadi pagi.")
    phone.page.reload()
    assert Entry.objects.filter(kind="from_reporter").count() == 1

    seen = words(desk.get(talk))
    assert "Ini fotonya, diambil tadi pagi." in seen
    assert "IMG_0001" in seen

    phone.page.get_by_role("button", name="Tutup", exact=True).click()
    phone.shows("Percakapan ditutup.")
    phone.page.go_back()
    expect(phone.page.get_by_text("Ini fotonya, diambil tadi pagi.")).to_have_count(0)


def test_with_javascript_nobody_waits_after_many_tries(site, regions, person, open_browser):
    give_key(person("asn_examiner"))
    received = receive(regions[BATU_BARA])
    phone = Phone(open_browser(WIDTH, HEIGHT))
    phone.page.goto(f"{site}/lapor/status/")
    while limits.spend(TRIES_NAME, TRIES):
        pass  # somebody else's guesses

    phone.fill("Kode lacak", received.code)
    phone.press("Buka", "Terlalu banyak kode sedang dicoba")
    phone.press("Buka", "Laporan Anda sudah masuk")
