"""Letters go out through a real worker, over real Redis and a real SMTP server."""

import pytest

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.outbox import State
from forkopimda.meetings import actions
from forkopimda.meetings.models import Letter
from tests.processes import celery_beat, celery_worker, redis_server, smtp_server, wait_until

from .letters import change, event_of, parts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def invited(plan, forum):
    meeting = plan("Rapat koordinasi", draft=True)
    actions.invite(
        by=SYSTEM, meeting=meeting, institution=forum["polres"], email="kapolres@contoh.example"
    )
    return meeting


def all_sent():
    return not Letter.objects.exclude(state=State.SENT).exists()


def test_the_worker_mails_invitation_update_and_cancellation_over_a_real_server(invited):
    with smtp_server() as mailbox, celery_worker({"EMAIL_URL": mailbox.url}):
        meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
        mailbox.wait_for(1)
        wait_until(all_sent, 10, "the invitation noted as sent")
        meeting = change(meeting, title="Rapat darurat")
        mailbox.wait_for(2)
        wait_until(all_sent, 10, "the update noted as sent")
        actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Banjir")
        messages = mailbox.wait_for(3)

    methods = [parts(message)[1]["METHOD"] for message in messages]
    events = [event_of(message) for message in messages]
    assert methods == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert len({event["UID"] for event in events}) == 1
    assert events[1]["SUMMARY"] == "Rapat darurat"
    assert mailbox.recipients == ["kapolres@contoh.example"] * 3
    kinds = [part.get_content_type() for part in messages[0].walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
        "application/pdf",
    ]


def test_the_sweep_mails_what_was_stored_while_nobody_worked(invited, tmp_path):
    actions.send_invitations(by=SYSTEM, meeting=invited)
    with (
        redis_server(tmp_path) as redis,
        smtp_server() as mailbox,
        celery_worker({"EMAIL_URL": mailbox.url, "REDIS_URL": redis.url}),
        celery_beat({"REDIS_URL": redis.url}),
    ):
        assert len(mailbox.wait_for(1, timeout=40)) == 1
