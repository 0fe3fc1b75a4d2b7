"""The content of an opened case: all that was written, by whom, corrected by what, in pages."""

import pytest
from django.db import connection

from asn_neutrality.models import Entry, Report
from forkopimda.lib.guard import writing

from .made import attachment, unlock_desk
from .stepping import bring, put, text

SENTENCE = "Setiap orang dianggap tidak bersalah sampai ada putusan."
WHO = "Fulan bin Fulan"


@pytest.fixture
def member(examiner):
    return examiner(username="pemeriksa", display_name="Pemeriksa Satu")


@pytest.fixture
def case(member, report):
    return report(files=[attachment()]).report.case


def test_all_that_was_written_is_shown_with_its_time_and_author(member, case, sign_in):
    [statement] = put(
        member,
        case,
        ("statement", {"who": "Saksi Satu", "on": "2024-11-22", "text": "Melihat\nsendiri"}),
        files=[attachment("rekaman.pdf")],
    )
    put(
        member,
        case,
        ("note", {"text": "Catatan pemeriksa"}),
        ("hearing", {"on": "2024-11-23", "attended": False, "called": ["2024-11-21"], "text": ""}),
        ("correction", {"of": str(statement.pk), "asked_by": "accused", "text": "Jamnya keliru"}),
        ("study", {"allegation": "D1", "facts": "F1", "analysis": "A1", "conclusion": "K1"}),
        ("recommendation", {"text": "Teruskan", "sanction": ""}),
        ("accused", {"name": "Nama Terbaru", "office": "", "unit": "Dinas", "unit_id": None}),
    )

    page = text(unlock_desk(sign_in(member), member, [case]), case)

    for words in (
        "Keterangan saksi",
        "Saksi Satu",
        "22 November 2024",
        "Melihat\nsendiri",
        "rekaman.pdf",
        "Catatan pemeriksa",
        "Tidak hadir",
        "21 November 2024",
        "Koreksi atas isi nomor 3: Keterangan saksi",
        "Pihak yang dilaporkan",
        "Jamnya keliru",
        "Dikoreksi dengan isi nomor 6",
        "D1",
        "F1",
        "A1",
        "K1",
        "Teruskan",
        "Pemeriksa Satu",
    ):
        assert words in page
    # Who is reported is shown as last written, with what was written before folded below.
    assert page.index("Nama Terbaru") < page.index("Catatan sebelumnya") < page.rindex(WHO)


def test_the_record_of_a_step_is_shown_to_who_opened_the_case_alone(member, case, sign_in):
    [record] = put(member, case, ("step", {"grounds": "Tidak ada saksi"}))
    bring(case, "dismissed", entry=record)

    shut = text(sign_in(member), case)
    assert "Alasan: Tidak ada petunjuk awal yang cukup" in shut
    assert "Rincian tersegel." in shut
    assert "Tidak ada saksi" not in shut
    assert "Tidak ada saksi" in text(unlock_desk(sign_in(member), member, [case]), case)


def test_what_reporters_send_is_neither_code_nor_a_link(member, report, sign_in):
    case = report(
        kind="hoax",
        narrative={
            "what": "<script>alert(1)</script>",
            "links": ["http://jebakan.example/x"],
            "hoax": {"platform": "WhatsApp", "link": "http://jebakan.example/y", "reach": "ramai"},
        },
    ).report.case

    page = text(unlock_desk(sign_in(member), member, [case]), case)

    assert "&lt;script&gt;alert(1)" in page
    assert "http://jebakan.example/x" in page
    assert "http://jebakan.example/y" in page
    assert "WhatsApp" in page
    assert 'href="http://jebakan' not in page


def test_a_text_that_was_changed_in_the_database_is_shown_as_broken(member, case, sign_in):
    put(member, case, ("note", {"text": "Catatan utuh"}), ("note", {"text": "Catatan rusak"}))
    last = Entry.objects.filter(case=case).order_by("serial").last()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE asn_neutrality_entry SET sealed = sealed || '\\x00' WHERE id = %s", [last.pk]
        )

    page = text(unlock_desk(sign_in(member), member, [case]), case)

    assert "Catatan utuh" in page
    assert "Catatan rusak" not in page
    assert "isinya berubah sejak disegel" in page


def test_a_long_case_comes_in_pages_and_costs_no_more_queries(
    member, case, sign_in, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("asn_neutrality.dossier.PER_PAGE", 10)
    client = unlock_desk(sign_in(member), member, [case])
    with writing():
        Report.objects.update(is_unread=False)

    def cost():
        text(client, case)
        with django_assert_max_num_queries(80) as captured:
            text(client, case)
        return len(captured)

    def grow(count):
        notes = [("note", {"text": f"Catatan ke-{number}"}) for number in range(count)]
        put(member, case, *notes, ("study", {"facts": "F"}), ("accused", {"name": "X"}))
        put(member, case, ("correction", {"of": str(entry_of(case)), "text": "K"}))

    grow(1)
    few = cost()
    grow(12)

    assert cost() == few
    page = text(client, case)
    assert "Catatan ke-11" in page
    assert "Catatan ke-1<" not in page
    assert "Catatan ke-1<" in text(client, case, "?page=2")
    for odd in ("?page=abc", "?page=999", "?laporan=-1", "?laporan=99999999999999999999"):
        text(client, case, odd)


def entry_of(case):
    """The key of the case's first entry that may be corrected."""
    return Entry.objects.filter(case=case, kind="note").order_by("serial").first().pk


def test_reports_of_a_merged_case_come_in_pages(member, case, report, sign_in, monkeypatch):
    monkeypatch.setattr("asn_neutrality.views.case.REPORTS_PER_PAGE", 2)
    with writing():
        for _ in range(2):
            number = report().report.pk
            Report.objects.filter(pk=number).update(case=case)
    client = sign_in(member)

    assert "Halaman 1 dari 2" in text(client, case)
    assert "3 laporan" in text(client, case, "?laporan=2")
