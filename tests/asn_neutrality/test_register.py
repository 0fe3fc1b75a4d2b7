"""The register: what it lists to whom, how it is narrowed, and how it is taken out."""

import datetime
from io import BytesIO

from django.utils import timezone
from openpyxl import load_workbook

from asn_neutrality.models import Opening, Report
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.guard import writing
from tests.conftest import ASAHAN, BATU_BARA

from .stepping import TO_STUDY, bring

REGISTER = "/netralitas-asn/"


def listed(client, **asked):
    """The serial numbers of the cases that the register shows, in its order."""
    answer = client.get(REGISTER, asked)
    assert answer.status_code == 200
    return [case.serial for case in answer.context["page"]]


def test_an_examiner_finds_cases_by_number_state_and_kind(examiner, report, sign_in):
    user = examiner()
    report(kind="hoax")
    bring(report(kind="gifts").report.case, *TO_STUDY, "not_proven")
    client = sign_in(user)

    assert listed(client) == [2, 1]
    assert listed(client, jenis="hoax") == [1]
    assert listed(client, keadaan="not_proven") == [2]
    assert listed(client, keadaan="terbuka") == [1]
    assert listed(client, keadaan="berakhir", jenis="hoax") == []
    assert listed(client, cari="002/NET") == [2]
    assert "Tidak ada perkara yang cocok" in client.get(f"{REGISTER}?jenis=photo").content.decode()


def test_a_wrong_filter_shows_no_case_and_says_so(examiner, report, sign_in):
    user = examiner()
    report()
    client = sign_in(user)

    for asked in ("keadaan=entah", "jenis=x", "urut=acak", "cari=" + "9" * 41):
        answer = client.get(f"{REGISTER}?{asked}")
        assert answer.status_code == 422
        assert "Saringan ini tidak dapat dipakai" in answer.content.decode()
        assert "001/NET-ASN" not in answer.content.decode()
        assert client.get(f"{REGISTER}ekspor/?{asked}").status_code == 422
    assert not Opening.objects.exists()


def test_switches_show_what_asks_for_attention_and_how_many(examiner, report, sign_in):
    user = examiner(display_name="Pemeriksa Satu")
    late, mine, quiet, ended = (report().report.case for _ in range(4))
    today = timezone.localdate()
    bring(late, "initial_review", due_on=today - datetime.timedelta(days=3))
    bring(mine, "initial_review", due_on=today, lead=user)
    bring(quiet, "received", due_on=today + datetime.timedelta(days=2), lead=examiner())
    bring(ended, "dismissed")
    with writing():
        Report.objects.exclude(case=quiet).update(is_unread=False)
    client = sign_in(user)

    page = client.get(REGISTER)
    assert [(flag.label, flag.count) for flag in page.context["flags"]] == [
        ("Terlambat", 1),
        ("Menunggu saya", 1),
        ("Ada kabar dari pelapor", 1),
        ("Tanpa penanggung jawab", 1),
    ]
    for words in ("lewat 3 hari", "hari ini", "2 hari lagi", "Pemeriksa Satu", "belum ada"):
        assert words in page.content.decode()
    assert listed(client, terlambat="1") == [late.serial]
    assert listed(client, saya="1") == [mine.serial]
    assert listed(client, kabar="1") == [quiet.serial]
    assert listed(client, tanpa="1") == [late.serial]
    assert listed(client, terlambat="1", saya="1") == []
    turned = client.get(f"{REGISTER}?saya=1&cari=NET").context["flags"]
    assert [flag.query for flag in turned][1] == "cari=NET"
    assert client.get(f"{REGISTER}?{turned[1].query}").context["flags"][1].is_on is False


def test_the_register_is_sorted_by_the_newest_or_by_the_next_term(examiner, report, sign_in):
    user = examiner()
    for days in (5, 1, 3):
        due_on = timezone.localdate() + datetime.timedelta(days=days)
        bring(report().report.case, "received", due_on=due_on)
    bring(report().report.case, "dismissed")
    client = sign_in(user)

    assert listed(client) == [4, 3, 2, 1]
    assert listed(client, urut="tenggat") == [2, 3, 1, 4]


def test_an_auditor_of_several_regions_chooses_one(examiner, report, person, sign_in):
    user = examiner()
    examiner(ASAHAN)
    report()
    report(ASAHAN)
    client = sign_in(person("auditor", ""))

    assert len(listed(client)) == 2
    assert "Kabupaten Asahan" in client.get(f"{REGISTER}?wilayah={ASAHAN}").content.decode()
    assert len(listed(client, wilayah=ASAHAN)) == 1
    assert 'name="wilayah"' not in sign_in(user).get(REGISTER).content.decode()
    assert client.get(f"{REGISTER}?wilayah=11.01").status_code == 422


def test_who_is_no_member_and_who_has_another_region_does_not_find_the_case(
    examiner, report, person, sign_in
):
    examiner()
    case = report().report.case
    late = examiner()

    for user in (late, examiner(ASAHAN), person("auditor", ASAHAN)):
        client = sign_in(user)
        assert listed(client) == []
        assert client.get(f"{REGISTER}{case.pk}/").status_code == 404
        assert client.get(f"{REGISTER}999999/").status_code == 404


def test_an_empty_register_says_what_it_is_for(person, sign_in):
    page = sign_in(person("asn_examiner")).get(REGISTER).content.decode()

    assert "Belum ada perkara dalam register" in page
    assert "agar setiap laporan bernomor" in page


def test_others_are_told_what_the_register_is_for_and_how_far_they_see(
    examiner, report, person, sign_in
):
    examiner()
    report()
    counts = {
        "viewer": True,
        "secretariat": True,
        "administrator": True,
        "police_approver": False,
        "election_officer": False,
    }
    for role, may_count in counts.items():
        page = sign_in(person(role)).get(REGISTER).content.decode()
        assert "Untuk apa register ini" in page
        assert "hanya anggota perkara yang dapat membukanya" in page
        assert "001/NET-ASN" not in page
        assert ('href="/netralitas-asn/statistik/"' in page) is may_count, role
        assert 'href="/lapor/"' in page


def test_the_part_that_the_live_stream_renews_is_the_list_alone(examiner, report, sign_in):
    user = examiner()
    report()

    part = sign_in(user).get(REGISTER, headers={"HX-Request": "true", "HX-Target": "cases"})

    assert part.content.decode().strip().startswith("<section")
    assert "001/NET-ASN" in part.content.decode()


def test_many_cases_come_in_pages_and_cost_no_more_queries(
    examiner, report, sign_in, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("asn_neutrality.views.desk.PER_PAGE", 4)
    client = sign_in(examiner(role="auditor"))
    member = examiner()

    def cost(address):
        with django_assert_max_num_queries(60) as captured:
            answer = client.get(address)
            assert answer.status_code == 200
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(captured)

    addresses = [
        REGISTER,
        f"{REGISTER}ekspor/",
        *(
            f"/admin/asn_neutrality/{model}/"
            for model in ("case", "casestep", "report", "member", "opening", "termnotice")
        ),
    ]
    bring(report().report.case, lead=member)
    few = [cost(address) for address in addresses]
    for _ in range(5):
        bring(report().report.case, lead=member)

    assert [cost(address) for address in addresses] == few
    assert "Halaman 1 dari 2" in client.get(REGISTER).content.decode()
    assert len(listed(client, page="2")) == 2


def test_the_export_has_what_stands_in_the_clear_and_is_noted_for_the_auditor(
    examiner, report, sign_in
):
    user = examiner(username="pemeriksa", display_name="=Pemeriksa")
    report(kind="hoax")
    bring(report(kind="gifts").report.case, lead=user)

    answer = sign_in(user).get(f"{REGISTER}ekspor/?jenis=gifts")

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Nomor"
    assert [row[0] for row in rows[1:]] == ["002/NET-ASN/12.19/2024"]
    assert rows[1][2] == "Pemberian uang atau barang untuk calon"
    assert rows[1][7] == "=Pemeriksa"
    assert "no-store" in answer["Cache-Control"]
    noted = Opening.objects.get()
    assert (noted.what, noted.purpose, noted.region_id, noted.case) == (
        "export",
        "oversight",
        BATU_BARA,
        None,
    )
    assert noted.explanation == "1 perkara"
    event = AuditEvent.objects.get(action="asn_neutrality.note_export")
    assert str(event) == "pemeriksa mengekspor 1 baris register perkara"
