"""Pages ask as many queries for many meetings as for few. Times: tests/bench/meetings.py."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from forkopimda.lib.guard import writing
from forkopimda.meetings.models import AgendaItem, Decision, FollowUp, Meeting
from forkopimda.people.models import User
from tests.conftest import BATU_BARA

TODAY = timezone.now()


@pytest.fixture
def fill(regions, forum):
    """Adds meetings of this month, each with points, a decision and follow-ups, some overdue."""

    def add(count):
        institutions = list(forum.values())
        with writing():
            meetings = Meeting.objects.bulk_create(
                [
                    Meeting(
                        region=regions[BATU_BARA],
                        title=f"Rapat pengamanan {n}",
                        place="Aula",
                        starts_at=TODAY + datetime.timedelta(hours=n % 5 + 1),
                        ends_at=TODAY + datetime.timedelta(hours=n % 5 + 2),
                        stage="sent",
                        sent_at=TODAY,
                    )
                    for n in range(count)
                ]
            )
            AgendaItem.objects.bulk_create(
                AgendaItem(meeting=m, number=k, title="Acara", minutes="Pengamanan dibahas.")
                for m in meetings
                for k in (1, 2)
            )
            Decision.objects.bulk_create(
                Decision(meeting=m, number=1, text="Pengamanan ditambah.") for m in meetings
            )
            FollowUp.objects.bulk_create(
                FollowUp(
                    meeting=m,
                    task=f"Tugas {k}",
                    institution=institutions[k % len(institutions)],
                    due_on=timezone.localdate() + datetime.timedelta(days=k - 3),
                )
                for m in meetings
                for k in range(6)
            )

    return add


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/rapat/", 9),
        ("/rapat/?waktu=mendatang", 9),
        ("/rapat/?cari=pengamanan+dibahas", 11),
        ("/rapat/kalender/", 8),
        ("/rapat/tindak-lanjut/", 13),
        ("/rapat/tindak-lanjut/?keadaan=semua", 13),
        ("/panel/meetings/", 8),
        ("/panel/follow-ups/", 9),
        ("/", 24),
    ],
)
def test_a_page_asks_no_more_queries_when_there_is_much_to_show(
    fill, sign_in, django_assert_max_num_queries, address, most
):
    client = sign_in(User.objects.get(username="bupati"))

    def cost():
        client.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    fill(3)
    few = cost()
    fill(60)

    assert cost() == few <= most


@pytest.mark.parametrize("model", ["decision", "followup", "followupnote", "reminder", "letter"])
def test_the_admins_lists_ask_no_more_queries_when_they_are_long(
    fill, sign_in, django_assert_max_num_queries, model
):
    client = sign_in(User.objects.get(username="auditor"))
    address = reverse(f"admin:meetings_{model}_changelist")

    def cost():
        client.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    fill(5)
    few = cost()
    fill(30)

    assert cost() == few
