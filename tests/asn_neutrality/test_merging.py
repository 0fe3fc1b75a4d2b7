"""Two cases about one matter become one; each reporter goes on reading their own channel alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from asn_neutrality import actions
from asn_neutrality.models import Case, Report
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing.primitives import CanNotOpen
from asn_neutrality.tracking import track
from forkopimda.audit.models import AuditEvent
from forkopimda.audit.words import in_words
from tests.conftest import BATU_BARA

from .filing import contents, dismiss, opened, serve_in, write
from .made import attachment, make_unit, unlock_desk

FIRST, SECOND = "Dilihat dari barisan depan", "Direkam dari belakang aula"


@pytest.fixture
def pair(examiner, report):
    """A main case and a duplicate of two examiners, each with a report and a file."""
    users = [examiner(), examiner()]
    main = report(narrative={"what": FIRST}, files=[attachment("depan.pdf")])
    duplicate = report(
        narrative={"what": SECOND},
        standing="confidential",
        identity={"name": "Pelapor Kedua", "contact": "0812000"},
        files=[attachment("belakang.pdf")],
    )
    return users, main, duplicate


def merge(user, duplicate, main):
    """Merges as the page does."""
    return actions.merge(
        by=user, duplicate=opened(duplicate.report.case, user), main=opened(main.report.case, user)
    )


def test_an_examiner_merges_two_cases_they_have_open_once_they_have_confirmed(pair, sign_in):
    users, main, duplicate = pair
    main_case, other = main.report.case, duplicate.report.case
    client = unlock_desk(sign_in(users[0]), users[0], [main_case, other])
    address = f"/netralitas-asn/{other.pk}/gabung/"

    assert main_case.number in client.get(address).content.decode()
    page = client.get(address, {"main": main_case.pk}).content.decode()
    assert "tidak dapat dibatalkan" in page
    assert Case.objects.get(pk=other.pk).merged_into is None

    answer = client.post(address, {"main": main_case.pk})

    assert answer["Location"] == f"/netralitas-asn/{main_case.pk}/"
    other = Case.objects.get(pk=other.pk)
    assert (other.state, other.merged_into) == ("dismissed", main_case)
    assert other.steps.last().reason == "duplicate"
    assert set(Report.objects.values_list("case", flat=True)) == {main_case.pk}
    for event in AuditEvent.objects.filter(
        action__in=["asn_neutrality.merge", "asn_neutrality.take_in"]
    ):
        words = in_words(event.action, {"actor": event.actor, **event.data})
        assert main_case.number in words
        assert other.number in words


def test_all_of_the_duplicate_reads_in_the_main_case_files_included(pair):
    users, main, duplicate = pair
    write(duplicate.report.case, users[1], "note", text="Catatan duplikat")
    write(main.report.case, users[0], "note", text="Catatan induk")

    merge(users[0], duplicate, main)

    held = opened(main.report.case, users[1])
    entries = list(held.case.entries.order_by("serial"))
    assert [entry.serial for entry in entries] == list(range(1, len(entries) + 1))
    read = [held.read(entry) for entry in entries]
    assert [each["what"] for each in read if "what" in each] == [FIRST, SECOND]
    assert {"name": "Pelapor Kedua", "contact": "0812000"} in read
    assert contents(held.case, users[0], "note") == [
        {"text": "Catatan induk"},
        {"text": "Catatan duplikat"},
    ]
    files = [file for entry in entries for file in held.files(entry)]
    assert [file.name for file in files] == ["depan.pdf", "belakang.pdf"]
    assert {b"".join(file.content()) for file in files} == {b"%PDF-1.4 bukti %%EOF"}


def test_each_reporter_reads_their_own_channel_with_their_own_code(pair):
    users, main, duplicate = pair
    merge(users[0], duplicate, main)

    for received, own in ((main, FIRST), (duplicate, SECOND)):
        tracked = track(received.code).opened
        assert tracked.report.number == received.report.number
        mine = tracked.report.entries.filter(kind="narrative")
        assert [tracked.read(entry)["what"] for entry in mine] == [own]
        others = Report.objects.exclude(pk=tracked.report.pk).get().entries.get(kind="narrative")
        with pytest.raises(CanNotOpen):
            tracked.read(others)

    tracked = track(duplicate.code).opened
    actions.write_as_reporter(by=REPORTER, opened=tracked, text="Masih ada rekaman", token="t")
    assert contents(main.report.case, users[1], "from_reporter") == [{"text": "Masih ada rekaman"}]


def test_members_of_the_duplicate_alone_do_not_get_in(examiner, report, desk):
    only_there = examiner()
    duplicate = report(narrative={"what": SECOND})
    user = examiner()
    actions.add_member(
        by=only_there, opened=opened(duplicate.report.case, only_there), user=user, why="load"
    )
    main = report(narrative={"what": FIRST})
    main_case = main.report.case
    actions.remove_member(
        by=user,
        opened=opened(main_case, user),
        member=main_case.members.get(user=only_there),
        why="done",
    )
    before = opened(duplicate.report.case, only_there)
    entry = duplicate.report.entries.get(kind="narrative")
    assert before.read(entry)["what"] == SECOND

    merge(user, duplicate, main)

    entry.refresh_from_db()
    with pytest.raises(CanNotOpen):
        before.read(entry)
    with pytest.raises(CanNotOpen):
        opened(main_case, only_there)
    client = desk(only_there)
    assert client.get(f"/netralitas-asn/{main_case.pk}/").status_code == 404
    assert client.get(f"/netralitas-asn/{duplicate.report.case.pk}/").status_code == 200
    assert opened(duplicate.report.case, only_there).accused() == {}


def test_what_was_known_of_the_accused_stays_and_gaps_are_filled(pair, regions):
    users, main, duplicate = pair
    unit = make_unit(regions[BATU_BARA], staff=300)
    blank = {"name": "", "office": "Camat", "unit": "", "unit_id": None, "note": ""}
    write(main.report.case, users[0], "accused", **blank)
    full = {"name": "Fulan", "office": "Lurah", "unit": unit.name, "unit_id": unit.pk, "note": ""}
    write(duplicate.report.case, users[0], "accused", **full)
    serve_in(users[1], unit)

    merge(users[0], duplicate, main)

    held = opened(main.report.case, users[0])
    assert held.accused() == {**full, "office": "Camat"}
    assert held.case.size_class == "large"
    with pytest.raises(CanNotOpen):
        opened(main.report.case, users[1])


def test_cases_that_do_not_fit_are_not_merged(pair, regions, sign_in):
    users, main, duplicate = pair
    user = users[0]
    for each, code in ((main, "satu"), (duplicate, "dua")):
        unit = make_unit(regions[BATU_BARA], code=code, name=code)
        who = {"name": "", "office": "", "unit": code, "unit_id": unit.pk, "note": ""}
        write(each.report.case, user, "accused", **who)
    client = unlock_desk(sign_in(user), user, [main.report.case, duplicate.report.case])
    address = f"/netralitas-asn/{duplicate.report.case.pk}/gabung/"
    answer = client.post(address, {"main": main.report.case.pk})
    assert answer.status_code == 422
    assert "berbeda pada kedua perkara" in answer.content.decode()

    with pytest.raises(ValidationError, match="perkara lain"):
        merge(user, main, main)
    dismiss(main.report.case, user)
    with pytest.raises(ValidationError, match="sudah berakhir"):
        merge(user, duplicate, main)
    with pytest.raises(ValidationError, match="sudah berakhir"):
        merge(user, main, duplicate)
    assert not Case.objects.exclude(merged_into=None).exists()


def test_the_main_case_is_one_that_was_opened_in_this_visit(pair, report, sign_in):
    users, main, duplicate = pair
    client = unlock_desk(sign_in(users[0]), users[0], [duplicate.report.case])
    address = f"/netralitas-asn/{duplicate.report.case.pk}/gabung/"

    assert "Buka dahulu perkara induknya" in client.get(address).content.decode()
    for chosen in (main.report.case.pk, duplicate.report.case.pk, "x", "9" * 40):
        assert client.post(address, {"main": chosen}).status_code == 422
    assert not Case.objects.exclude(merged_into=None).exists()


def test_the_page_costs_the_same_with_many_cases_to_choose_from(
    examiner, report, sign_in, django_assert_max_num_queries
):
    user = examiner()
    cases = [report().report.case for _each in range(5)]
    counts = []
    for some in (cases[:2], cases):
        client = unlock_desk(sign_in(user), user, some)
        with django_assert_max_num_queries(60) as captured:
            page = client.get(f"/netralitas-asn/{cases[0].pk}/gabung/").content.decode()
        assert some[-1].number in page
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_merged_case_is_written_no_further_and_not_reopened(pair):
    users, main, duplicate = pair
    merge(users[0], duplicate, main)
    other = duplicate.report.case

    with pytest.raises(ValidationError, match="sudah digabung"):
        write(other, users[0], "note", text="Susulan")
    with pytest.raises(ValidationError, match="sudah digabung"):
        actions.move(
            by=users[0],
            opened=opened(other, users[0]),
            state="initial_review",
            details={"why": "Dibuka lagi"},
        )


def test_what_was_merged_before_goes_along(pair, report):
    users, main, duplicate = pair
    third = report(narrative={"what": "Ketiga"})
    merge(users[0], third, duplicate)

    merge(users[0], duplicate, main)

    assert Case.objects.get(pk=third.report.case.pk).merged_into == main.report.case
    tracked = track(third.code).opened
    assert tracked.read(third.report.entries.get(kind="narrative"))["what"] == "Ketiga"


def test_an_auditor_let_in_does_not_merge(pair, examiner, desk):
    users, main, duplicate = pair
    auditor = examiner(role="auditor")
    cases = [main.report.case, duplicate.report.case]
    for case in cases:
        actions.add_member(
            by=users[0], opened=opened(case, users[0]), user=auditor, why="oversight"
        )

    assert desk(auditor).get(f"/netralitas-asn/{cases[1].pk}/gabung/").status_code == 403
    with pytest.raises(PermissionDenied):
        merge(auditor, duplicate, main)
