"""The board of follow-ups: what presses, whose it is, how it goes; the same as an Excel file."""

import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import FollowUp, Meeting
from tests.conftest import ASAHAN

TODAY = timezone.localdate


@pytest.fixture
def meeting(plan):
    return plan("Rapat koordinasi", days=-200)


@pytest.fixture
def give(meeting, forum):
    """A follow-up: `give("Tugas", days=-2)` is overdue; `done=-3` was finished three days ago."""

    def make(task="Tugas", *, of=None, days=7, code="polres", done=None, **fields):
        row = actions.add_follow_up(
            by=SYSTEM,
            meeting=of or meeting,
            task=task,
            institution=forum[code],
            due_on=TODAY() + datetime.timedelta(days=days),
            **fields,
        )
        if done is not None:
            actions.step_follow_up(by=SYSTEM, follow_up=row, state="done", text="Bukti")
            with writing():
                at = timezone.now() + datetime.timedelta(days=done)
                FollowUp.objects.filter(pk=row.pk).update(finished_at=at)
        return row

    return make


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("viewer"))


def page_of(client, query=""):
    return client.get(f"/rapat/tindak-lanjut/{query}").content.decode()


def sheet_of(client, query=""):
    answer = client.get(f"/rapat/tindak-lanjut.xlsx{query}")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return book.active


def tasks(sheet):
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_what_is_late_stands_first_then_what_is_due_soon_then_the_rest(client, give):
    give("Nanti", days=30)
    give("Pekan ini", days=7)
    give("Lewat", days=-1)
    give("Sudah", days=-9, done=-10)

    page = page_of(client)

    order = [
        "Terlambat</th>\n",
        "Lewat</a>",
        "Jatuh tempo dalam 7 hari",
        "Pekan ini",
        "Lainnya",
        "Nanti",
    ]
    positions = [page.index(word, page.index('class="group-head"')) for word in order[1:]]
    assert positions == sorted(positions)
    assert "Sudah</a>" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Lewat", "Nanti"}),
        ("?keadaan=terlambat", {"Lewat"}),
        ("?keadaan=done", {"Sudah"}),
        ("?keadaan=cancelled", {"Batal"}),
        ("?keadaan=semua", {"Lewat", "Nanti", "Sudah", "Batal"}),
        ("?keadaan=semua&cari=NANT", {"Nanti"}),
        ("?keadaan=semua&cari=budi", {"Sudah"}),
        ("?keadaan=semua&cari=tidak-ada", set()),
    ],
)
def test_the_board_is_narrowed_by_state_and_words_and_so_is_the_file(client, give, query, shown):
    give("Lewat", days=-1)
    give("Nanti", days=30)
    give("Sudah", days=3, done=0, person="Pak Budi")
    cancelled = give("Batal", days=3)
    actions.step_follow_up(by=SYSTEM, follow_up=cancelled, state="cancelled", text="Tidak perlu")

    page = page_of(client, query)

    everything = {"Lewat", "Nanti", "Sudah", "Batal"}
    assert {task for task in everything if f">{task}</a>" in page} == shown
    assert set(tasks(sheet_of(client, query))) == shown


def test_the_board_is_narrowed_by_institution_and_period(client, give, forum):
    give("Polres", days=2)
    give("DPRD", days=20, code="dprd")
    day = (TODAY() + datetime.timedelta(days=10)).isoformat()

    for query in (f"?lembaga={forum['dprd'].pk}", f"?dari={day}"):
        assert tasks(sheet_of(client, query)) == ["DPRD"]
        assert ">Polres</a>" not in page_of(client, query)
    assert tasks(sheet_of(client, f"?sampai={day}")) == ["Polres"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?keadaan=entah", "Masukkan pilihan yang valid"),
        ("?lembaga=99999", "Masukkan pilihan yang valid"),
        ("?dari=kemarin", "Masukkan tanggal yang valid"),
        ("?dari=2024-02-01&sampai=2024-01-01", "Tanggal akhir tidak boleh sebelum"),
    ],
)
@pytest.mark.parametrize("address", ["/rapat/tindak-lanjut/", "/rapat/tindak-lanjut.xlsx"])
def test_a_filter_that_makes_no_sense_says_so_and_shows_nothing(
    client, give, query, message, address
):
    give("Tugas")

    answer = client.get(f"{address}{query}")

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert ">Tugas</a>" not in answer.content.decode()


def test_the_board_and_the_file_hold_what_the_reader_may_open_and_count_nothing_else(
    person, sign_in, plan, give, meeting, client
):
    give("Terbuka", days=-1)
    give("Tetangga", of=plan("Asahan", ASAHAN, days=-200), days=-1)
    closed = plan("Tertutup", days=-200)
    give("Rahasia", of=closed, days=-1)
    give("Draf", of=plan("Draf", days=-200, draft=True), days=-1)
    with writing():
        Meeting.objects.filter(pk=closed.pk).update(restricted=True)

    page = client.get("/rapat/tindak-lanjut/")

    assert [row.task for row in page.context["page"]] == ["Terbuka"]
    assert [(share.open, share.overdue) for share in page.context["shares"]] == [(1, 1)]
    assert sum(week.due for week in page.context["weeks"]) == 1
    assert tasks(sheet_of(client)) == ["Terbuka"]
    keeper = sign_in(person("secretariat"))
    assert set(tasks(sheet_of(keeper))) == {"Terbuka", "Rahasia", "Draf"}


def test_each_institution_has_its_open_and_overdue_ones_and_its_share_in_time(client, give):
    give(days=-3)
    give(days=3)
    give(days=-2, done=-4)
    give(days=-9, done=-4)
    give(days=-1, done=-4)
    give(code="dprd", days=9)

    polres, dprd = client.get("/rapat/tindak-lanjut/").context["shares"]

    assert (polres.name, polres.open, polres.overdue) == ("Polres Batu Bara", 2, 1)
    assert (polres.in_time, polres.done, polres.percent) == (2, 3, 67)
    assert (dprd.open, dprd.overdue, dprd.percent) == (1, 0, None)


def test_what_is_done_on_its_day_is_done_in_time(client, give):
    give(days=0, done=0)

    assert client.get("/rapat/tindak-lanjut/").context["shares"][0].percent == 100


def test_the_trend_counts_due_and_done_of_the_last_eight_weeks(client, give):
    monday = -TODAY().weekday()
    give(days=monday)
    give(days=monday - 7, done=monday - 7)
    give(days=monday - 49, done=monday)
    give(days=monday - 50)  # the ninth week back
    give(days=monday + 7)  # next week
    cancelled = give(days=monday)
    actions.step_follow_up(by=SYSTEM, follow_up=cancelled, state="cancelled", text="Tidak perlu")

    answer = client.get("/rapat/tindak-lanjut/")

    weeks = answer.context["weeks"]
    assert [week.due for week in weeks] == [1, 0, 0, 0, 0, 0, 1, 1]
    assert [week.done for week in weeks] == [0, 0, 0, 0, 0, 0, 1, 1]
    page = answer.content.decode()
    assert '<title id="bars-title">' in page
    assert page.count('class="bar-due" x=') == 8
    assert 'height="100"' in page


def test_an_empty_board_says_what_will_be_there(client):
    assert "Tidak ada tindak lanjut yang belum selesai" in page_of(client)
    assert "Tidak ada tindak lanjut yang cocok" in page_of(client, "?cari=x")


def test_texts_that_look_like_formulas_stay_texts(client, give):
    for start in "=+-@":
        give(f"{start}1+2", person="=HYPERLINK(1)\x07")

    sheet = sheet_of(client)

    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.value for cell in cells} == {"=1+2", "+1+2", "-1+2", "@1+2"}
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert sheet["C2"].value == "=HYPERLINK(1)"


def test_the_file_holds_dates_and_all_that_the_board_says(client, give):
    give("Patroli", days=-1, person="Kabag Ops")

    head, row = sheet_of(client).iter_rows(values_only=True)

    facts = dict(zip(head, row, strict=True))
    assert facts["Tindak lanjut"] == "Patroli"
    assert facts["Penanggung jawab"] == "Polres Batu Bara"
    assert facts["Pelaksana"] == "Kabag Ops"
    assert facts["Tenggat"].date() == TODAY() - datetime.timedelta(days=1)
    assert (facts["Keadaan"], facts["Terlambat"]) == ("Terbuka", "ya")
    assert facts["Rapat"] == "Rapat koordinasi"


def test_the_board_comes_in_pages_and_asks_no_more_queries_when_it_is_long(
    client, give, django_assert_max_num_queries
):
    def cost():
        client.get("/rapat/tindak-lanjut/?keadaan=semua")
        with django_assert_max_num_queries(40) as captured:
            client.get("/rapat/tindak-lanjut/?keadaan=semua")
        return len(captured)

    give("Satu")
    few = cost()
    for number in range(30):
        give(f"Tugas {number}", code=("polres", "dprd")[number % 2], days=number - 15)

    assert cost() == few <= 12
    assert "Halaman 1 dari 2" in page_of(client)
