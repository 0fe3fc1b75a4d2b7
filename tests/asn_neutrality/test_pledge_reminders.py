"""Units that are behind are mailed, once a day, after a look at who gets mail."""

import datetime
import re

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail
from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.models import PledgeReminder
from asn_neutrality.tasks import send_pledge_reminders
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.lib.outbox import State
from tests.conftest import ASAHAN, LAUT_TADOR
from tests.processes import smtp_server

from .pledging import DAY, LIST, make_unit, text

REMIND = f"{LIST}ingatkan/"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def secretary(person, sign_in):
    return sign_in(person("secretariat"))


def confirm(client, page, **kwargs):
    (keys,) = re.findall(r'name="units" value="([^"]*)"', page.content.decode())
    return client.post(REMIND, {"units": keys}, follow=True, **kwargs)


def test_who_gets_mail_is_shown_and_only_they_are_mailed(regions, secretary):
    behind = make_unit(name="Dinas Tertinggal", staff=20, signed=5, email="dinas@contoh.example")
    make_unit(name="Belum Dihitung", staff=9, email="belum@contoh.example")
    make_unit(name="Tanpa Surel", staff=20, signed=5)
    make_unit(name="Lengkap", staff=5, signed=5, email="lengkap@contoh.example")
    gone = make_unit(name="Bubar", staff=5, signed=1, email="bubar@contoh.example")
    actions.save_unit(by=SYSTEM, unit=gone, is_active=False)
    make_unit(ASAHAN, name="Asahan", staff=5, email="asahan@contoh.example")

    page = secretary.get(REMIND)
    words = text(page)
    assert "2 unit akan menerima surel" in words
    assert "dinas@contoh.example" in words
    assert "1 unit tertinggal tanpa alamat surel Tanpa Surel" in words
    for absent in ("Lengkap", "Bubar", "Asahan"):
        assert absent not in words

    late = make_unit(name="Sesudahnya", staff=5, email="sesudah@contoh.example")
    assert "Pengingat untuk 2 unit sedang dikirim" in text(confirm(secretary, page))

    assert set(PledgeReminder.objects.values_list("address", flat=True)) == {
        "dinas@contoh.example",
        "belum@contoh.example",
    }
    assert not late.reminders.exists()
    assert "Dinas Tertinggal" in str(AuditEvent.objects.filter(target__endswith=f":{behind.pk}")[0])
    assert "menunggu" in text(secretary.get(f"{LIST}unit/{behind.pk}/"))


def test_a_unit_is_reminded_at_most_once_a_day(regions, secretary):
    unit = make_unit(name="Dinas Uji", staff=20, signed=5, email="dinas@contoh.example")
    page = secretary.get(REMIND)
    confirm(secretary, page)

    assert "1 unit dilewati" in text(confirm(secretary, page))
    assert "1 unit sudah diingatkan hari ini" in text(secretary.get(REMIND))
    assert unit.reminders.count() == 1

    with writing():
        unit.reminders.update(asked_at=timezone.now() - datetime.timedelta(days=1))
    confirm(secretary, secretary.get(REMIND))
    assert unit.reminders.count() == 2


def test_what_is_complete_by_now_or_not_ones_own_is_passed_over(regions, secretary):
    unit = make_unit(staff=20, signed=5, email="dinas@contoh.example")
    other = make_unit(ASAHAN, staff=20, email="asahan@contoh.example")
    page = secretary.get(REMIND)
    actions.note_pledge(by=SYSTEM, unit=unit, counted_on=DAY, signed=20, staff=20)

    assert "1 unit dilewati" in text(confirm(secretary, page))
    for keys in (f"{other.pk}", "", "abc,-1,²,9" + "9" * 40, ",,", "1" * 5000):
        answer = secretary.post(REMIND, {"units": keys}, follow=True)
        assert "Tidak ada unit yang perlu diingatkan" in text(answer)
    assert not PledgeReminder.objects.exists()


def test_a_kecamatans_secretary_reminds_its_units_and_no_others(person, sign_in):
    client = sign_in(person("secretariat", LAUT_TADOR))
    whole = make_unit(name="Dinas Kabupaten", staff=20, email="dinas@contoh.example")
    own = make_unit(LAUT_TADOR, name="Kantor Camat", staff=20, email="camat@contoh.example")

    page = client.get(REMIND)
    assert "Kantor Camat" in text(page)
    assert "Dinas Kabupaten" not in text(page)
    client.post(REMIND, {"units": f"{whole.pk},{own.pk}"})
    assert [reminder.unit for reminder in PledgeReminder.objects.all()] == [own]


def test_many_units_are_looked_through_in_as_many_queries(
    regions, secretary, django_assert_max_num_queries
):
    make_unit(staff=20, email="a@contoh.example")
    with django_assert_max_num_queries(14) as few:
        secretary.get(REMIND)
    for number in range(8):
        make_unit(staff=20, email=f"a{number}@contoh.example" if number % 2 else "")
    with django_assert_max_num_queries(len(few)):
        secretary.get(REMIND)


def test_the_mail_names_the_unit_and_its_figures_and_nobody(regions, person, sign_in):
    user = person("secretariat", display_name="Nama Sekretaris", language="en")
    make_unit(name="Dinas Uji", staff=1200, signed=5, email="dinas@contoh.example")
    make_unit(name="Dinas Belum", staff=9, email="belum@contoh.example")
    client = sign_in(user)
    confirm(client, client.get(REMIND))

    assert send_pledge_reminders() == 2
    assert send_pledge_reminders() == 0
    counted, uncounted = sorted(mail.outbox, key=lambda message: message.to, reverse=True)
    assert counted.subject == "Ikrar netralitas ASN: Dinas Uji"
    assert "5 dari 1.200 ASN di unit ini sudah menandatangani" in counted.body
    assert "1.195 belum" in counted.body
    assert "WIB" in counted.body
    assert "Sekretariat belum menerima jumlah ASN" in uncounted.body
    assert counted.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Nama Sekretaris" not in counted.body
    assert not PledgeReminder.objects.exclude(state=State.SENT).exists()


def test_a_worker_is_told_and_a_real_server_takes_the_mail(
    regions, secretary, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **kwargs: told.append(name))
    make_unit(name="Dinas Uji", staff=20, signed=5, email="dinas@contoh.example")
    with django_capture_on_commit_callbacks(execute=True):
        confirm(secretary, secretary.get(REMIND))
    assert told == [send_pledge_reminders.name]

    with smtp_server() as mailbox:
        monkeypatch.setattr(
            settings, "EMAIL_BACKEND", f"{mail.__name__}.backends.smtp.EmailBackend"
        )
        monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        monkeypatch.setattr(settings, "EMAIL_PORT", mailbox.port)
        assert send_pledge_reminders() == 1
        (message,) = mailbox.wait_for(1)
    assert mailbox.recipients == ["dinas@contoh.example"]
    assert message["Subject"] == "Ikrar netralitas ASN: Dinas Uji"
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert "5 dari 20 ASN" in message.get_content()
