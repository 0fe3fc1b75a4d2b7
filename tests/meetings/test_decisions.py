"""What the meeting decides is numbered within it and keeps its number."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Decision, Meeting


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("secretariat"))


def test_decisions_are_numbered_within_their_meeting(client, plan):
    meeting, other = plan("Satu"), plan("Dua")
    actions.decide(by=SYSTEM, meeting=other, text="Lain")

    for text in ("Pertama", "Kedua"):
        answer = client.post(f"/rapat/{meeting.pk}/keputusan/baru/", {"text": text})
        assert answer["Location"] == f"/rapat/{meeting.pk}/#keputusan"

    assert [str(row) for row in meeting.decisions.all()] == ["1. Pertama", "2. Kedua"]
    page = client.get(f"/rapat/{meeting.pk}/").content.decode()
    assert page.index("1. Pertama") < page.index("2. Kedua")
    event = AuditEvent.objects.latest("pk")
    assert str(event).endswith("mencatat keputusan nomor 2 rapat “Satu”")


def test_another_wording_keeps_the_number(client, plan):
    meeting = plan()
    item = actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Keamanan")
    actions.decide(by=SYSTEM, meeting=meeting, text="Lama")
    address = f"/rapat/{meeting.pk}/keputusan/1/"
    assert "Lama" in client.get(address).content.decode()

    client.post(address, {"text": "Baru", "item": item.pk})

    decision = Decision.objects.get()
    assert (decision.number, decision.text, decision.item) == (1, "Baru", item)


@pytest.mark.parametrize("text", ["", "   ", "a" * 4001])
def test_a_decision_without_words_or_with_too_many_is_refused(client, plan, text):
    answer = client.post(f"/rapat/{plan().pk}/keputusan/baru/", {"text": text})

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]
    assert not Decision.objects.exists()


def test_a_point_of_another_meeting_is_not_offered(client, plan):
    theirs = actions.set_agenda_item(by=SYSTEM, meeting=plan("Lain"), number=1, title="Acara lain")
    meeting = plan()

    answer = client.post(
        f"/rapat/{meeting.pk}/keputusan/baru/", {"text": "Putusan", "item": theirs.pk}
    )

    assert answer.status_code == 422
    assert "Putusan" in answer.content.decode()
    with pytest.raises(ValidationError, match="milik rapat lain"):
        actions.decide(by=SYSTEM, meeting=meeting, text="Putusan", item=theirs)


def test_approved_minutes_take_no_decision(client, plan):
    meeting = plan()
    actions.decide(by=SYSTEM, meeting=meeting, text="Lama")
    with writing():
        Meeting.objects.update(minutes_state="approved")

    for path in ("baru", "1"):
        answer = client.post(f"/rapat/{meeting.pk}/keputusan/{path}/", {"text": "Terlambat"})
        assert answer.status_code == 422
        assert "sudah disetujui dan terkunci" in answer.content.decode()
        assert "Terlambat" in answer.content.decode()
    assert Decision.objects.get().text == "Lama"


def test_a_reader_sees_decisions_and_may_not_write_them(person, sign_in, plan):
    meeting, reader = plan(), person("viewer")
    decision = actions.decide(by=SYSTEM, meeting=meeting, text="Diputuskan")

    page = sign_in(reader).get(f"/rapat/{meeting.pk}/").content.decode()

    assert "1. Diputuskan" in page
    assert "keputusan/1/" not in page
    with pytest.raises(PermissionDenied):
        actions.decide(by=reader, meeting=meeting, text="x")
    with pytest.raises(PermissionDenied):
        actions.edit_decision(by=reader, decision=decision, text="x")


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_the_same_moment_get_two_numbers(plan):
    meeting = plan()
    failures = []

    def decide(text):
        try:
            actions.decide(by=SYSTEM, meeting=meeting, text=text)
        except Exception as error:  # noqa: BLE001  # shown by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(f"Putusan {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert [row.number for row in meeting.decisions.all()] == [1, 2, 3, 4, 5, 6]
