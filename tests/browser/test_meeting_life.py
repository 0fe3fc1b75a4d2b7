"""The whole life of a meeting, walked on phones: planned, held, its minutes published, followed up.

Each person has a phone of their own; the mails come out of the worker as they do in service.
"""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forkopimda.lib.guard import writing
from forkopimda.meetings.models import DocumentKind, Meeting
from forkopimda.people import example as people
from tests.browser.phone import HEIGHT, WIDTH, Phone
from tests.conftest import PASSWORD
from tests.meetings.letters import event_of, link_in, mail_to, sequence
from tests.meetings.publishing import text_of
from tests.processes import celery_worker, smtp_server

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Rapat pengamanan rekapitulasi"
MINUTES = "Kapolres melaporkan keadaan terkendali.\nDandim menambah patroli di Laut Tador."
DECISION = "Patroli bersama digelar setiap malam sampai rekapitulasi selesai."
TASK = "Menyusun jadwal patroli bersama"
EVIDENCE = "Jadwal sudah dibagikan kepada semua polsek."


@pytest.fixture
def site(regions, server, settings):
    """The product running with the example's people: its address and the mail that it sends."""
    people.load(password=PASSWORD)
    worker = {"BASE_URL": server, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    with smtp_server() as mailbox, celery_worker({"EMAIL_URL": mailbox.url, **worker}):
        yield server, mailbox


@pytest.fixture
def phone(site, open_browser):
    """A phone: of somebody who signs in, `phone("bupati")`, or of a stranger, `phone()`."""
    url, _mailbox = site

    def make(username=None):
        phone = Phone(open_browser(WIDTH, HEIGHT))
        if username:
            phone.open(f"{url}/rapat/", "Nama pengguna atau surel")
            phone.fill("Nama pengguna atau surel", username)
            phone.fill("Kata sandi", PASSWORD)
            phone.press("Masuk", "Dicari dalam judul")
        return phone

    return make


def test_the_whole_life_of_a_meeting_on_phones(site, phone):
    url, mailbox = site
    secretariat = phone("kesbangpol")
    start = timezone.now() + timedelta(minutes=30)
    plan(secretariat, start)
    invite_and_send(secretariat)
    meeting = Meeting.objects.get()
    detail = f"{url}/rapat/{meeting.pk}/"

    invitation = mail_to(mailbox, "danlanal", "Undangan: ")
    assert sequence(invitation) == ("REQUEST", 0)
    answer_that_they_come(phone(), link_in(invitation))
    answer_that_a_deputy_comes(phone(), link_in(mail_to(mailbox, "kajari", "Undangan: ")))

    move(secretariat, detail, start + timedelta(minutes=15))
    for username in ("danlanal", "kajari", "bupati"):
        update = mail_to(mailbox, username, "Perubahan undangan: ")
        assert sequence(update) == ("REQUEST", 1)
        assert event_of(update)["UID"] == event_of(invitation)["UID"]

    check_in(phone(), address_on_the_wall(secretariat))
    note_who_else_came(secretariat, detail)

    # The clock comes to the meeting here: without it, nobody may approve minutes.
    with writing():
        Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=5))
    write_minutes(secretariat, detail)
    decide_and_give_out(secretariat)

    chair = phone("bupati")
    approve(chair)
    pdf, written = download_minutes(chair)
    number = meeting.documents.get(kind=DocumentKind.MINUTES).number
    for words in (TITLE, DECISION, number, *MINUTES.splitlines()):
        assert words in written
    # An address this long may stand on two lines of the paper.
    address = re.search(rf"{url}/dokumen/[\w-]+/", written.replace(" ", ""))[0]
    verify(phone(), address, number, pdf)
    mail_to(mailbox, "danlanal", "Notulen: ")

    finish(phone("kapolres"), url)
    see_it_done(secretariat, url)


def plan(phone, start):
    phone.follow("Rapat baru", "Jam ditulis menurut waktu setempat")
    phone.fill("Judul", TITLE)
    phone.fill("Tempat", "Aula Kantor Bupati")
    phone.fill("Mulai", typed(start))
    phone.fill("Selesai", typed(start + timedelta(hours=2)))
    phone.press("Simpan", "Rapat disimpan sebagai draf.")
    for number, title in enumerate(("Keadaan keamanan", "Logistik rekapitulasi"), start=1):
        phone.fill("Acara", title)
        phone.press("Tambah acara", f"{number}. {title}")


def typed(moment):
    """A moment as the clock in Batu Bara shows it, as the browser's own field takes it."""
    return moment.astimezone(ZoneInfo("Asia/Jakarta")).strftime("%Y-%m-%dT%H:%M")


def invite_and_send(phone):
    phone.press("Undang anggota tetap forum", "Letkol Laut (P) Wido Dwi Nugraha")
    phone.follow("Lanjut: kirim undangan", "surat akan dikirim.")
    phone.press("Kirim undangan sekarang", "Undangan dikirim.")


def answer_that_they_come(phone, link):
    phone.open(link, "Danlanal")
    phone.pick("Hadir")
    phone.press("Kirim jawaban", "Jawaban Anda tercatat. Terima kasih.")
    phone.shows("Akan hadir")


def answer_that_a_deputy_comes(phone, link):
    phone.open(link, "Kajari")
    phone.pick("Diwakili")
    phone.fill("Nama wakil", "Contoh Wakil")
    phone.fill("Jabatan wakil", "Kasi Intelijen")
    phone.press("Kirim jawaban", "Jawaban Anda tercatat. Terima kasih.")
    phone.shows("Akan diwakili · Contoh Wakil, Kasi Intelijen")


def move(phone, detail, start):
    phone.open(detail, "Akan diwakili")
    phone.follow("Ubah", "perubahan judul, tempat, atau waktu langsung dikabarkan")
    phone.fill("Mulai", typed(start))
    phone.press("Simpan", "Perubahan rapat disimpan dan dikabarkan kepada undangan.")


def address_on_the_wall(phone):
    phone.follow("Kode QR", "Pindai kode ini")
    return phone.page.locator(".qr-address").inner_text()


def check_in(phone, address):
    phone.open(address, TITLE)
    phone.pick("Kapolres: AKBP Taufiq Hidayat Thayeb")
    phone.pick("Saya hadir")
    phone.press("Catat kehadiran", "Tercatat: Kapolres")


def note_who_else_came(phone, detail):
    phone.open(detail, "dari 7 undangan hadir atau diwakili")
    phone.follow("Catat kehadiran", "Kuorum belum tercapai, kurang 3.")
    expect(row_of(phone, "Kapolres").get_by_text("lewat kode QR")).to_be_visible()
    for who in ("Pj. Bupati", "Ketua DPRD", "Danlanal"):
        note(phone, who, "Hadir")
    note(phone, "Kajari", "Diwakili")
    note(phone, "Dandim", "Izin")
    note(phone, "Ketua PN", "Tidak hadir")
    phone.shows("Kuorum tercapai.")


def row_of(phone, who):
    return phone.page.locator("li.attendance-row", has_text=who)


def note(phone, who, status):
    row_of(phone, who).get_by_label(status, exact=True).check()
    expect(row_of(phone, who).get_by_text(re.compile(r"^tersimpan"))).to_be_visible()


def write_minutes(phone, detail):
    phone.open(detail, "Keadaan keamanan")
    phone.follow("Tulis notulen", "1. Keadaan keamanan")
    expect(phone.page.locator("#notulen[data-ready]")).to_be_attached()
    part = phone.field("Notulen acara nomor 1")
    part.press_sequentially(MINUTES)
    expect(phone.page.get_by_text(re.compile(r"^tersimpan \d\d\.\d\d$"))).to_be_visible()
    phone.page.reload()
    phone.shows("tersimpan")
    expect(part).to_have_value(MINUTES)


def decide_and_give_out(phone):
    phone.follow("Keputusan baru", "Keputusan baru")
    phone.fill("Keputusan", DECISION)
    phone.press("Simpan", "Keputusan nomor 1 disimpan.")
    phone.follow("Tambah tindak lanjut keputusan 1", "Tindak lanjut baru")
    phone.fill("Tindak lanjut", TASK)
    phone.field("Penanggung jawab").select_option(label="Polres Batu Bara")
    # As the secretariat's own clock counts days, and a day more, should midnight pass meanwhile.
    phone.fill("Tenggat", typed(timezone.now() + timedelta(days=2))[:10])
    phone.press("Simpan", "Tindak lanjut dicatat.")


def approve(phone):
    phone.follow(TITLE, "Periksa dan setujui notulen")
    phone.follow("Periksa dan setujui notulen", DECISION)
    phone.shows("Kapolres melaporkan keadaan terkendali.")
    phone.pick("Saya sudah membaca notulen ini dan menyetujuinya")
    phone.press("Setujui notulen", "Notulen disetujui dan diterbitkan.")


def download_minutes(phone):
    """The file of the minutes, and the words in it."""
    with phone.page.expect_download() as started:
        phone.page.get_by_role("link", name=re.compile(r"^Notulen .* \(PDF\)$")).click()
    pdf = started.value.path()
    return pdf, text_of(pdf.read_bytes())


def verify(phone, address, number, pdf):
    phone.open(address, "Dokumen ini terdaftar.")
    phone.shows(number)
    phone.field("Berkas PDF yang akan diperiksa").set_input_files(pdf)
    phone.press("Bandingkan", "Sama. Berkas ini sama persis dengan dokumen terdaftar.")


def finish(phone, url):
    phone.open(f"{url}/rapat/tindak-lanjut/", TASK)
    phone.follow(TASK, "Ubah keadaan")
    phone.pick("Selesai")
    phone.fill("Keterangan", EVIDENCE)
    phone.press("Simpan keadaan", "Keadaan tindak lanjut sekarang: Selesai.")
    phone.shows(EVIDENCE)


def see_it_done(phone, url):
    phone.open(f"{url}/rapat/tindak-lanjut/", "Tidak ada tindak lanjut yang belum selesai")
    phone.field("Keadaan").select_option(label="Selesai")
    phone.press("Tampilkan", TASK)
    row = phone.page.get_by_role("row", name=TASK)
    expect(row.get_by_text("Selesai", exact=True)).to_be_visible()
