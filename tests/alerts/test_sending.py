"""What was stored is sent: through a real worker, over real Redis and a real SMTP server."""

import pytest
from django.conf import settings
from django.utils import timezone

from forkopimda.alerts.models import Delivery, State
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from security import actions as security
from security.models import RiskRating
from tests.conftest import LAUT_TADOR
from tests.processes import (
    celery_beat,
    celery_worker,
    redis_server,
    smtp_server,
    wait_until,
    web_server,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def raise_level(regions):
    def rate():
        for level in ("low", "medium"):
            security.rate_region(
                by=SYSTEM, region=regions[LAUT_TADOR], level=level, reason=f"alasan {level}"
            )

    return rate


def all_sent():
    return not Delivery.objects.exclude(state=State.SENT).exists()


def test_the_worker_mails_each_official_in_their_own_language(person, raise_level):
    person("viewer", email="bupati@contoh.example")
    person("viewer", email="guest@contoh.example", language="en")
    with smtp_server() as mailbox, celery_worker({"EMAIL_URL": mailbox.url}):
        raise_level()
        messages = mailbox.wait_for(2)
        wait_until(all_sent, 10, "all deliveries noted as sent")

    mails = {message["To"]: message for message in messages}
    indonesian = mails["bupati@contoh.example"]
    assert indonesian["Subject"] == "Kerawanan Kecamatan Laut Tador naik menjadi sedang"
    assert "alasan medium" in indonesian.get_content()
    assert f"{settings.BASE_URL}/kerawanan/{LAUT_TADOR}/" in indonesian.get_content()
    assert "WIB" in indonesian.get_content()
    english = mails["guest@contoh.example"]
    assert english["Subject"] == "Kecamatan Laut Tador: risk level raised to medium"
    assert mailbox.recipients.count("bupati@contoh.example") == 1


def test_the_sweep_sends_what_was_stored_while_redis_was_down(person, sign_in, regions, tmp_path):
    """The nudge is lost with Redis; the outbox is not."""
    person("viewer", email="bupati@contoh.example")
    officer = sign_in(person("police_approver", email=""))
    security.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="low", reason="awal")
    with redis_server(tmp_path) as redis:
        redis.stop()
        with web_server({"REDIS_URL": redis.url}) as url:
            form = {"level": "high", "reason": "Memburuk", "seen": RiskRating.objects.get().pk}
            page = Visitor(url, officer).post(f"/kerawanan/{LAUT_TADOR}/", form)
            assert "Memburuk" in page
        assert Delivery.objects.get().state == State.QUEUED

        redis.start()
        with (
            smtp_server() as mailbox,
            celery_worker({"EMAIL_URL": mailbox.url, "REDIS_URL": redis.url}),
            celery_beat({"REDIS_URL": redis.url}),
        ):
            assert len(mailbox.wait_for(1, timeout=40)) == 1


def test_a_worker_that_was_running_when_redis_died_goes_on_when_it_is_back(
    person, raise_level, tmp_path
):
    person("viewer", email="bupati@contoh.example")
    with redis_server(tmp_path) as redis, smtp_server() as mailbox:
        env = {"EMAIL_URL": mailbox.url, "REDIS_URL": redis.url}
        with celery_worker(env) as worker, celery_beat(env) as beat:
            redis.stop()
            worker.wait_for("Connection to broker lost")
            raise_level()
            redis.start()
            assert len(mailbox.wait_for(1, timeout=60)) == 1
            assert beat.process.poll() is None
            assert worker.process.poll() is None


def test_mail_waits_while_the_mail_server_is_away_and_goes_out_when_it_is_back(person, raise_level):
    from forkopimda.alerts.tasks import send_due

    person("viewer", email="bupati@contoh.example")
    raise_level()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
        patch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        patch.setattr(settings, "EMAIL_PORT", 1)
        assert send_due() == 0
        waiting = Delivery.objects.get()
        assert waiting.state == State.QUEUED
        assert waiting.attempts == 1
        assert "refused" in waiting.last_error.lower()
        assert waiting.next_attempt_at > timezone.now()

        with smtp_server() as mailbox:
            patch.setattr(settings, "EMAIL_PORT", mailbox.port)
            assert send_due() == 0, "its time has not come yet"
            with writing():
                Delivery.objects.update(next_attempt_at=timezone.now())
            assert send_due() == 1
            assert len(mailbox.wait_for(1)) == 1
    assert Delivery.objects.get().state == State.SENT


def test_a_delivery_whose_worker_died_is_sent_by_another_after_its_lease(person, raise_level):
    from forkopimda.alerts.tasks import send_due
    from forkopimda.lib.outbox import claim_due

    person("viewer", email="bupati@contoh.example")
    raise_level()
    assert len(claim_due(rows=Delivery.objects.all(), limit=10)) == 1, (
        "taken by a worker that now dies"
    )
    assert send_due() == 0, "still leased to it"

    with writing():
        Delivery.objects.update(leased_until=timezone.now() - timezone.timedelta(seconds=1))
    assert send_due() == 1


def test_an_official_without_a_mail_address_still_finds_the_alert_in_the_inbox(
    person, raise_level, sign_in
):
    from forkopimda.alerts.tasks import send_due

    official = person("viewer", email="")
    raise_level()

    assert send_due() == 0
    assert Delivery.objects.get().state == State.NO_ADDRESS
    assert "Laut Tador" in sign_in(official).get("/peringatan/").content.decode()
