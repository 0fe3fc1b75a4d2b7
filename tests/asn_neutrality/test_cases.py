"""An examiner enters reports, each gets its number, and ends those that do not hold."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from asn_neutrality import actions
from asn_neutrality.models import Case, CaseStep, Kind
from asn_neutrality.panels import open_cases
from forkopimda.audit.models import AuditEvent
from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import WriteOutsideAction
from tests.conftest import ASAHAN, BATU_BARA

TYPED = {"kind": "social_media", "region": BATU_BARA, "received_on": "2024-11-20"}


def test_an_examiner_enters_a_report_and_is_shown_its_number(person, sign_in):
    client = sign_in(person("asn_examiner", display_name="Pemeriksa Satu"))
    assert "Catat laporan" in client.get("/netralitas-asn/").content.decode()

    answer = client.post("/netralitas-asn/baru/", TYPED)

    page = client.get(answer["Location"]).content.decode()
    assert "Laporan dicatat dengan nomor 001/NET-ASN/12.19/2024." in page
    assert "Kampanye atau dukungan di media sosial" in page
    assert "20 November 2024" in page
    assert "Pemeriksa Satu" in page
    assert "Setiap orang dianggap tidak bersalah sampai ada putusan." in page


def test_each_region_counts_its_reports_of_each_year_by_itself(open_case):
    numbers = [
        open_case().number,
        open_case().number,
        open_case(day=datetime.date(2023, 12, 31)).number,
        open_case(ASAHAN).number,
    ]

    assert numbers == [
        "001/NET-ASN/12.19/2024",
        "002/NET-ASN/12.19/2024",
        "001/NET-ASN/12.19/2023",
        "001/NET-ASN/12.09/2024",
    ]


@pytest.mark.django_db(transaction=True)
def test_reports_entered_at_the_same_moment_get_numbers_of_their_own(regions, open_case):
    together = threading.Barrier(4)

    def enter():
        together.wait()
        try:
            open_case()
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Case.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"kind": ""}, "kind", "Bidang ini tidak boleh kosong"),
        ({"kind": "entah"}, "kind", "Masukkan pilihan yang valid"),
        ({"region": ASAHAN}, "region", "Masukkan pilihan yang valid"),
        ({"received_on": "2999-01-01"}, "received_on", "tidak boleh di masa depan"),
        ({"received_on": "kemarin"}, "received_on", "Masukkan tanggal yang valid"),
    ],
)
def test_a_bad_form_says_what_is_wrong_and_enters_nothing(person, sign_in, sent, field, message):
    answer = sign_in(person("asn_examiner")).post("/netralitas-asn/baru/", {**TYPED, **sent})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert message in answer.content.decode()
    assert not Case.objects.exists()


def test_no_form_and_no_table_has_room_for_a_name_or_a_story(person, sign_in, open_case):
    case = open_case()
    client = sign_in(person("asn_examiner"))

    for path in ("/netralitas-asn/baru/", f"/netralitas-asn/{case.pk}/"):
        page = client.get(path).content.decode()
        main = page[page.index("<main") :]
        assert "belum menyimpan uraian kejadian, nama" in page
        assert "<textarea" not in main
        assert 'type="text"' not in main
    texts = {
        (model.__name__, field.name)
        for model in (Case, CaseStep)
        for field in model._meta.get_fields()
        if field.get_internal_type() in {"CharField", "TextField", "JSONField", "FileField"}
        and not field.choices
    }
    assert texts == {("Case", "number"), ("CaseStep", "by_name")}


def test_an_examiner_ends_a_case_with_a_reason_and_the_step_is_kept(person, sign_in, open_case):
    case = open_case()
    client = sign_in(person("asn_examiner", username="pemeriksa"))
    address = f"/netralitas-asn/{case.pk}/"

    assert client.post(f"{address}hentikan/", {"reason": "not_competent"}).status_code == 302

    page = client.get(address).content.decode()
    assert "Perkara dihentikan." in page
    assert "Alasan: Bukan kewenangan" in page
    assert "Hentikan perkara" not in page
    assert list(case.steps.values_list("state", "reason")) == [
        ("received", ""),
        ("dismissed", "not_competent"),
    ]
    event = AuditEvent.objects.get(action="asn_neutrality.dismiss_case")
    assert str(event) == "pemeriksa menghentikan perkara 001/NET-ASN/12.19/2024"


@pytest.mark.parametrize("reason", ["", "karena Budi teman saya"])
def test_a_case_is_not_ended_without_one_of_the_reasons(person, sign_in, open_case, reason):
    case = open_case()
    client = sign_in(person("asn_examiner"))

    answer = client.post(f"/netralitas-asn/{case.pk}/hentikan/", {"reason": reason})

    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.state == "received"
    with pytest.raises(ValidationError), transaction.atomic():
        actions.dismiss_case(by=SYSTEM, case=case, reason=reason)


def test_a_case_ends_once(person, sign_in, open_case):
    case = open_case()
    actions.dismiss_case(by=SYSTEM, case=case, reason="mistake")

    answer = sign_in(person("asn_examiner")).post(
        f"/netralitas-asn/{case.pk}/hentikan/", {"reason": "duplicate"}
    )

    assert answer.status_code == 422
    assert "Perkara ini sudah berakhir." in answer.content.decode()
    assert case.steps.count() == 2


def test_the_register_is_filtered_by_state_and_kind(person, sign_in, open_case):
    open_case(kind="hoax")
    ended = open_case(kind="gifts")
    actions.dismiss_case(by=SYSTEM, case=ended, reason="mistake")
    client = sign_in(person("asn_examiner"))

    def shown(**asked):
        page = client.get("/netralitas-asn/", asked).content.decode()
        return [number for number in ("001", "002") if f"{number}/NET-ASN" in page]

    assert shown() == ["001", "002"]
    assert shown(jenis="hoax") == ["001"]
    assert shown(keadaan="dismissed") == ["002"]
    assert shown(keadaan="dismissed", jenis="hoax") == []
    assert shown(cari="002/") == ["002"]
    assert shown(keadaan="entah") == ["001", "002"]
    nothing = client.get("/netralitas-asn/?jenis=photo").content.decode()
    assert "Tidak ada perkara yang cocok" in nothing


def test_an_empty_register_says_what_it_is_for(person, sign_in):
    page = sign_in(person("asn_examiner")).get("/netralitas-asn/").content.decode()

    assert "Belum ada perkara dalam register" in page
    assert "agar setiap laporan bernomor" in page


def test_many_cases_come_in_pages_and_cost_no_more_queries(
    person, sign_in, open_case, django_assert_max_num_queries
):
    client = sign_in(person("auditor"))

    def cost(address):
        client.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [
        "/netralitas-asn/",
        "/admin/asn_neutrality/case/",
        "/admin/asn_neutrality/casestep/",
    ]
    for _ in range(5):
        open_case()
    few = [cost(address) for address in addresses]
    for _ in range(45):
        open_case()

    assert [cost(address) for address in addresses] == few
    assert "Halaman 1 dari 2" in client.get("/netralitas-asn/").content.decode()


def test_the_panel_counts_the_open_cases_of_the_region_shown(person, open_case):
    open_case()
    actions.dismiss_case(by=SYSTEM, case=open_case(), reason="mistake")
    open_case(ASAHAN)

    assert open_cases(person("asn_examiner"), BATU_BARA).context["count"] == 1
    assert open_cases(person("asn_examiner"), ASAHAN) is None
    assert open_cases(person("auditor", ""), "").context["count"] == 2


@pytest.mark.django_db(transaction=True)
def test_only_the_pages_of_readers_hear_that_a_case_moved(person, open_case):
    readers = {person("asn_examiner").pk, person("auditor", "").pk}
    for role, code in (("viewer", BATU_BARA), ("administrator", ""), ("asn_examiner", ASAHAN)):
        person(role, code)
    live.client().delete(live.STREAM)

    open_case()

    [(_key, event)] = live.client().xrange(live.STREAM)
    assert event["topic"] == "asn_neutrality"
    assert event["region"] == ""
    assert {int(pk) for pk in event["users"].split(",")} == readers


@pytest.mark.django_db(transaction=True)
def test_with_no_reader_nobody_hears(person, open_case):
    person("viewer")
    live.client().delete(live.STREAM)

    open_case()

    assert live.client().xrange(live.STREAM) == []


def test_the_twelve_kinds_are_allegations_without_class_or_deadline():
    assert len(Kind.choices) == 12


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE asn_neutrality_casestep SET state = 'dismissed', reason = 'mistake'",
        "DELETE FROM asn_neutrality_casestep",
        "DELETE FROM asn_neutrality_case",
        "UPDATE asn_neutrality_case SET state = 'entah'",
        "UPDATE asn_neutrality_case SET kind = 'entah'",
        "UPDATE asn_neutrality_case SET received_on = '2020-01-01'",
        "INSERT INTO asn_neutrality_casestep (case_id, state, at, by_name, reason)"
        " SELECT id, 'dismissed', now(), 'x', '' FROM asn_neutrality_case",
        "INSERT INTO asn_neutrality_casestep (case_id, state, at, by_name, reason)"
        " SELECT id, 'received', now(), 'x', 'mistake' FROM asn_neutrality_case",
        "INSERT INTO asn_neutrality_case"
        " (number, region_id, year, serial, kind, received_on, state)"
        " SELECT 'lain', region_id, year, serial, kind, received_on, state"
        " FROM asn_neutrality_case",
    ],
)
def test_the_database_refuses_what_can_not_be(open_case, statement):
    open_case()
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")


def test_code_outside_the_actions_can_not_store_a_case(open_case):
    case = open_case()
    with pytest.raises(WriteOutsideAction):
        case.save()
    with pytest.raises(WriteOutsideAction):
        CaseStep.objects.create(case=case, state="dismissed", reason="mistake")
