"""A report written without a network: kept on the phone, sent once, for its owner alone."""

import re

import pytest
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import expect

from security.models import Incident, IncidentPhoto

from .officer import officer, photo

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = re.compile(r"/insiden/baru/$")


@pytest.fixture
def site(person, server):
    person("police_operator", "12.19.08", username="polsek")
    person("police_operator", "12.19.02", username="rekan")
    return server


@pytest.fixture
def phone(site, open_browser):
    """The officer's phone with the form open, ready to work without a network."""
    phone = officer(site, open_browser)
    phone.sign_in("polsek")
    phone.ready()
    return phone


def sent(phone):
    """How often the phone posted a report, counted from now on."""
    posted = []
    phone.page.context.on(
        "request",
        lambda request: (
            request.method == "POST" and REPORT.search(request.url) and posted.append(1)
        ),
    )
    return posted


def test_a_report_written_without_a_network_waits_and_is_sent_once(phone):
    page = phone.page
    page.context.set_offline(True)
    phone.shows("Tanpa jaringan: laporan disimpan di ponsel")
    phone.write("Massa berkumpul di depan kantor camat")
    phone.add_photo(photo())
    phone.send()
    expect(phone.waiting).to_contain_text("Menunggu jaringan")

    page.reload()
    phone.shows("Laporkan insiden")
    expect(phone.waiting).to_contain_text("Massa berkumpul di depan kantor camat")
    expect(phone.waiting).to_contain_text("1 foto")
    phone.shows("1 laporan menunggu dikirim")
    page.goto(f"{phone.site}/rapat/")
    phone.shows("Halaman ini tidak dapat dibuka tanpa jaringan")
    phone.follow("Laporkan insiden", "Menunggu jaringan")
    assert not Incident.objects.exists()

    posted = sent(phone)
    page.context.set_offline(False)

    expect(phone.waiting).to_contain_text("Terkirim")
    incident = Incident.objects.get()
    expect(phone.waiting).to_contain_text(incident.number)
    assert incident.description == "Massa berkumpul di depan kantor camat"
    assert incident.region_id == "12.19.08"
    kept = IncidentPhoto.objects.get(incident=incident)
    with kept.file.open() as file, Image.open(file) as picture:
        assert max(picture.size) == 1600
    assert len(posted) == 1
    expect(page.get_by_text("laporan menunggu dikirim")).to_be_hidden()
    phone.follow("Buka", incident.number)


def test_when_the_answer_is_lost_the_report_is_stored_once_all_the_same(phone):
    page = phone.page
    reached = []

    def lose_the_answer(route):
        if route.request.method == "POST":
            reached.append(route.fetch().status)
            route.abort()
        else:
            route.fallback()

    page.route(REPORT, lose_the_answer, times=2)
    phone.write("Jawaban hilang di jalan")
    phone.add_photo(photo(800))
    phone.send()

    expect(phone.waiting).to_contain_text("Terkirim", timeout=15_000)
    assert reached
    incident = Incident.objects.get()
    assert incident.photos.count() == 1


def test_two_open_tabs_send_a_report_once(phone):
    page = phone.page
    other = page.context.new_page()
    other.goto(f"{phone.site}/insiden/baru/")
    expect(other.locator("#report[data-ready]")).to_be_attached()
    page.context.set_offline(True)
    phone.write("Dari dua jendela")
    phone.send()
    expect(phone.waiting).to_contain_text("Menunggu jaringan")
    expect(other.locator(".outbox-line")).to_contain_text("Menunggu jaringan")

    posted = sent(phone)
    page.context.set_offline(False)

    for tab in (page, other):
        expect(tab.locator(".outbox-line")).to_contain_text("Terkirim")
    assert len(posted) == 1
    assert Incident.objects.count() == 1


def test_what_waits_belongs_to_one_account_and_goes_with_its_sign_in(phone):
    page = phone.page
    Session.objects.all().delete()
    phone.write("Milik polsek Laut Tador")
    phone.send()
    expect(phone.waiting).to_contain_text("Masuk lagi")
    assert not Incident.objects.exists()

    # A colleague signs in on the same phone.
    phone.sign_in("rekan")
    phone.shows("1 laporan dari akun lain menunggu di perangkat ini")
    expect(phone.waiting).to_have_count(0)
    expect(page.get_by_text("Milik polsek Laut Tador")).to_have_count(0)
    phone.ready()
    assert not Incident.objects.exists()

    page.goto(f"{phone.site}/akun/keluar/")
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    phone.shows("Kata sandi")
    # Signed out, the phone keeps no form either.
    page.context.set_offline(True)
    page.goto(f"{phone.site}/insiden/baru/")
    phone.shows("Halaman ini tidak dapat dibuka tanpa jaringan")
    page.context.set_offline(False)

    phone.sign_in("polsek")
    expect(phone.waiting).to_contain_text("Terkirim")
    assert Incident.objects.get().reporter.username == "polsek"


def test_a_waiting_report_is_thrown_away_only_when_that_is_confirmed(phone):
    phone.page.context.set_offline(True)
    phone.write("Salah tulis")
    phone.send()
    expect(phone.waiting).to_contain_text("Menunggu jaringan")

    phone.press("Hapus", "Isinya belum sampai dan tidak dapat dikembalikan")
    phone.press("Batal", "Menunggu jaringan")
    phone.press("Hapus", "Isinya belum sampai")
    phone.page.get_by_role("button", name="Ya, hapus").click()

    expect(phone.waiting).to_have_count(0)
    phone.page.context.set_offline(False)
    phone.page.reload()
    phone.ready()
    assert not Incident.objects.exists()
