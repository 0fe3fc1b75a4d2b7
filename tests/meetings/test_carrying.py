"""What a meeting left unfinished is carried to the agenda of the next one."""

import pytest

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Meeting
from tests.conftest import ASAHAN


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("secretariat"))


def test_what_is_unfinished_is_carried_in_order_of_its_day_and_once(client, plan, give):
    late, soon = give("Lewat", days=1), give("Segera", days=5)
    done = give("Sudah", days=2)
    actions.step_follow_up(by=SYSTEM, follow_up=done, state="done", text="Bukti")
    following = plan("Rapat berikutnya", days=2)
    actions.set_agenda_item(by=SYSTEM, meeting=following, number=1, title="Pembukaan")
    page = client.get(f"/rapat/{following.pk}/").content.decode()
    assert "Bawa tindak lanjut yang belum selesai (2)" in " ".join(page.split())

    answer = client.post(f"/rapat/{following.pk}/tindak-lanjut/bawa/", follow=True)

    assert "2 tindak lanjut ditambahkan pada acara." in answer.content.decode()
    assert [(item.number, item.carried_from) for item in following.agenda.all()] == [
        (1, None),
        (2, late),
        (3, soon),
    ]
    again = client.post(f"/rapat/{following.pk}/tindak-lanjut/bawa/", follow=True)
    assert following.agenda.count() == 3
    assert "0 tindak lanjut" in again.content.decode()
    assert "Bawa tindak lanjut" not in again.content.decode()


def test_nothing_is_carried_from_elsewhere_from_later_or_from_closed_meetings(plan, give, client):
    following = plan("Rapat berikutnya", days=2)
    give("Asahan", of=plan("Asahan", ASAHAN, days=-3))
    give("Kemudian", of=plan("Kemudian", days=5), days=9)
    closed = plan("Tertutup", days=-4)
    give("Rahasia", of=closed)
    with writing():
        Meeting.objects.filter(pk=closed.pk).update(restricted=True)
    give("Draf", of=plan("Draf", days=-4, draft=True))

    assert actions.carry_follow_ups(by=SYSTEM, meeting=following) == []


def test_a_meeting_that_has_ended_is_carried_nothing(client, give, plan):
    give()
    ended = plan("Kemarin", days=-1)

    assert "Bawa tindak lanjut" not in client.get(f"/rapat/{ended.pk}/").content.decode()
    answer = client.post(f"/rapat/{ended.pk}/tindak-lanjut/bawa/", follow=True)
    assert "Rapat ini sudah selesai." in answer.content.decode()
    assert not ended.agenda.exists()


def test_a_long_task_fits_the_agenda(plan, give):
    give("Sangat panjang " * 30, person="N" * 120)
    following = plan("Rapat berikutnya", days=2)

    item = actions.carry_follow_ups(by=SYSTEM, meeting=following)[0]

    assert item.title.endswith("…")
    assert len(item.title) <= 200
