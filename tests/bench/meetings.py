"""What finding and following up meetings costs with 10,000 meetings and 100,000 follow-ups.

Run by hand, on real servers or the embedded ones: `python -m pytest -s tests/bench/meetings.py`.
It prints query counts, and the time of each page relative to a bare signed-in one; it asserts no
time. The data are spread over five years; a tenth of the meetings is restricted.
"""

import datetime
import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forkopimda.lib.guard import writing
from forkopimda.meetings.models import AgendaItem, Attendance, Decision, FollowUp, Meeting
from forkopimda.people import example as people_example
from forkopimda.people.models import Institution, User
from tests.conftest import BATU_BARA, LAUT_TADOR

MEETINGS, FOLLOW_UPS, ROUNDS = 10_000, 100_000, 15
BARE = "/akun/"
WORDS = [
    *("pengamanan", "logistik", "partisipasi", "netralitas", "hoaks", "distribusi", "kotak"),
    *("suara", "pemungutan", "rekapitulasi", "patroli", "banjir", "perlindungan", "petugas"),
    *("anggaran", "sosialisasi", "pemilih", "saksi"),
]


def sentence(number, length=12):
    return " ".join(WORDS[(number * 7 + n * (1 + number % 5)) % len(WORDS)] for n in range(length))


def fill(regions):
    people_example.load(password=None)
    now, forum = timezone.now(), list(Institution.objects.filter(region=BATU_BARA))
    step = datetime.timedelta(days=5 * 365) / MEETINGS
    first = now + datetime.timedelta(days=60) - step * MEETINGS
    with writing():
        meetings = Meeting.objects.bulk_create(
            [
                Meeting(
                    region=regions[BATU_BARA if n % 3 else LAUT_TADOR],
                    title=f"Rapat {n} {sentence(n, 3)}",
                    place="Aula",
                    starts_at=first + step * n,
                    ends_at=first + step * n + datetime.timedelta(hours=2),
                    chair=forum[0],
                    restricted=n % 10 == 0,
                    stage="sent",
                    sent_at=first + step * n - datetime.timedelta(days=7),
                )
                for n in range(MEETINGS)
            ],
            batch_size=2000,
        )
        items = [
            AgendaItem(meeting=m, number=k, title=sentence(n + k, 4), minutes=sentence(n * k, 60))
            for n, m in enumerate(meetings)
            for k in (1, 2, 3)
        ]
        AgendaItem.objects.bulk_create(items, batch_size=2000)
        Decision.objects.bulk_create(
            [Decision(meeting=m, number=1, text=sentence(n)) for n, m in enumerate(meetings)],
            batch_size=2000,
        )
        seats = [
            Attendance(meeting=m, institution=forum[(n + k) % len(forum)], title="Kepala")
            for n, m in enumerate(meetings)
            for k in range(5)
        ]
        Attendance.objects.bulk_create(seats, batch_size=5000)
        rows = [follow_up(n, meetings[n % MEETINGS], forum) for n in range(FOLLOW_UPS)]
        FollowUp.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return meetings


def follow_up(n, meeting, forum):
    due_on = meeting.starts_at.date() + datetime.timedelta(days=7 + n % 30)
    past = due_on < timezone.localdate()
    done = past and n % 20 != 0  # one in twenty of the past is overdue still
    late = datetime.timedelta(days=n % 4 - 2)
    ended = datetime.datetime.combine(due_on, datetime.time(3), tzinfo=datetime.UTC) + late
    return FollowUp(
        meeting=meeting,
        task=f"Tugas {n} {sentence(n, 4)}",
        institution=forum[n % len(forum)],
        due_on=due_on,
        state="done" if done else "open",
        evidence="Bukti" if done else "",
        finished_at=ended if done else None,
    )


def pages(meetings, institution):
    meeting = meetings[-100]
    month = f"{timezone.localdate():%Y-%m}"
    return {
        "list": "/rapat/",
        "list, last page": f"/rapat/?page={MEETINGS}",
        "list, by institution": f"/rapat/?lembaga={institution}",
        "search, one word": "/rapat/?cari=pengamanan",
        "search, three words": "/rapat/?cari=banjir+patroli+hoaks",
        "search, no result": "/rapat/?cari=tiadasamasekali",
        "detail": f"/rapat/{meeting.pk}/",
        "board": "/rapat/tindak-lanjut/",
        "board, all states": "/rapat/tindak-lanjut/?keadaan=semua",
        "calendar": f"/rapat/kalender/?bulan={month}",
        "panel: meeting": "/panel/meetings/",
        "panel: follow-ups": "/panel/follow-ups/",
        "dashboard": "/",
    }


def cost(client, address):
    """Queries, median milliseconds of a request, and of these in the database."""
    client.get(address)
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(address)
        times.append(1000 * (time.perf_counter() - start))
    assert answer.status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    database = 1000 * sum(float(query["time"]) for query in captured.captured_queries)
    return len(captured), statistics.median(times), database, captured.captured_queries


@pytest.mark.django_db
def test_the_pages_with_many_meetings(regions, sign_in, capsys):
    meetings = fill(regions)
    institution = Institution.objects.get(region=BATU_BARA, code="polres").pk
    for username in ("bupati", "kesbangpol"):
        client = sign_in(User.objects.get(username=username))
        _count, bare, _database, _queries = cost(client, BARE)
        lines = [f"{username}: a bare page takes {bare:.1f} ms"]
        for name, address in pages(meetings, institution).items():
            count, median, database, queries = cost(client, address)
            slowest = 1000 * max(float(query["time"]) for query in queries)
            lines.append(
                f"  {name:<22} {count:>3} queries {median:>7.1f} ms  {median / bare:>5.1f} x bare"
                f"  ({database:.0f} ms in the database, slowest {slowest:.0f})"
            )
        with capsys.disabled():
            print("", *lines, sep="\n")
