"""The page of a case: what stands in the clear, what opens with a key and a reason, and to whom."""

import pytest
from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.models import Case, HomeUnit, Member, Opening, Report, Violation
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from tests.conftest import BATU_BARA

from .made import NARRATIVE, attachment, make_unit
from .stepping import TO_SANCTION, TO_STUDY, bring, page_of, put, text

SENTENCE = "Setiap orang dianggap tidak bersalah sampai ada putusan."
WHO = "Fulan bin Fulan"


@pytest.fixture
def member(examiner):
    return examiner(username="pemeriksa", display_name="Pemeriksa Satu")


@pytest.fixture
def case(member, report):
    return report(files=[attachment()]).report.case


def test_while_the_key_is_locked_only_what_stands_in_the_clear_is_shown(member, case, sign_in):
    page = text(sign_in(member), case)

    for words in (
        "Perkara 001/NET-ASN/12.19/2024",
        "Mengarahkan rekan kerja atau bawahan",
        "20 November 2024",
        "Pemeriksa Satu",
        "Anonim",
        SENTENCE,
        "tidak diketahui",
    ):
        assert words in page
    assert f"/netralitas-asn/kunci/buka/?next={page_of(case)}" in page
    assert "Mengapa Anda membuka" not in page
    assert NARRATIVE not in page
    assert WHO not in page
    assert "bukti.pdf" not in page


def test_an_examiner_says_why_and_then_reads_until_they_close_it(member, case, desk):
    client = desk(member)
    before = text(client, case)
    assert "Mengapa Anda membuka berkas ini?" in before
    assert NARRATIVE not in before

    answer = client.post(f"{page_of(case)}buka/", {"purpose": "screening"})

    assert answer["Location"] == page_of(case)
    page = text(client, case)
    for words in (NARRATIVE, WHO, "kemarin sore", "aula", "bukti.pdf", "PDF,"):
        assert words in page
    opening = Opening.objects.get()
    assert (opening.what, opening.purpose, opening.by_name) == (
        "case",
        "screening",
        "Pemeriksa Satu",
    )
    text(client, case)
    assert Opening.objects.count() == 1

    assert client.post(f"{page_of(case)}tutup/")["Location"] == page_of(case)
    closed = text(client, case)
    assert "Mengapa Anda membuka berkas ini?" in closed
    assert NARRATIVE not in closed


def test_without_a_reason_nothing_opens_and_what_was_typed_stays(member, case, desk):
    client = desk(member)
    refused = [
        ({}, "Bidang ini tidak boleh kosong"),
        ({"purpose": "iseng"}, "Masukkan pilihan yang valid"),
        ({"purpose": "other"}, "Jelaskan tujuannya, tanpa nama orang."),
        ({"purpose": "other", "explanation": "   "}, "Jelaskan tujuannya"),
        ({"purpose": "study", "explanation": "x" * 201}, "paling banyak 200 karakter"),
    ]
    for sent, message in refused:
        answer = client.post(f"{page_of(case)}buka/", sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert message in page
        assert NARRATIVE not in page
        assert sent.get("explanation", "").strip() in page
    assert not Opening.objects.exists()
    assert NARRATIVE not in text(client, case)


def test_a_reason_of_ones_own_is_kept_for_the_auditor(member, case, desk):
    desk(member).post(
        f"{page_of(case)}buka/", {"purpose": "other", "explanation": "rapat  tim kajian"}
    )

    assert Opening.objects.get().explanation == "rapat tim kajian"


def test_with_a_locked_key_the_reason_leads_back_to_the_page(member, case, sign_in):
    client = sign_in(member)

    for step in ("buka", "tutup"):
        answer = client.post(f"{page_of(case)}{step}/", {"purpose": "study"})
        assert answer["Location"] == page_of(case)
    assert not Opening.objects.exists()


def test_an_opened_case_opens_no_other_case(member, case, report, desk):
    other = report(narrative={"what": "Uraian lain"}).report.case
    client = desk(member)
    client.post(f"{page_of(case)}buka/", {"purpose": "study"})

    assert "Uraian lain" not in text(client, other)


def test_an_auditor_sees_the_steps_and_opens_nothing(case, examiner, desk):
    client = desk(examiner(role="auditor"))

    page = text(client, case)

    assert "Perkara 001/NET-ASN/12.19/2024" in page
    assert "Informasi awal" in page
    assert "Anda bukan anggotanya" in page
    assert NARRATIVE not in page
    assert client.post(f"{page_of(case)}buka/", {"purpose": "oversight"}).status_code == 403
    assert client.post(f"{page_of(case)}tutup/").status_code == 403
    assert not Opening.objects.exists()


def test_who_serves_in_the_unit_of_the_accused_is_turned_away(member, case, desk, regions):
    unit = make_unit(regions[BATU_BARA])
    put(member, case, ("accused", {"name": WHO, "office": "", "unit": "", "unit_id": unit.pk}))
    with writing():
        HomeUnit.objects.create(user=member, unit=unit)

    answer = desk(member).post(f"{page_of(case)}buka/", {"purpose": "study"})

    assert answer.status_code == 422
    assert "Anda bertugas di unit pihak yang dilaporkan" in answer.content.decode()
    assert not Opening.objects.exists()


def test_everybody_is_presumed_to_have_done_nothing_until_it_is_decided(
    member, case, report, sign_in
):
    other = report().report.case
    client = sign_in(member)

    assert SENTENCE in text(client, bring(case, *TO_STUDY))
    assert SENTENCE in text(client, bring(case, "not_proven"))
    assert SENTENCE not in text(client, bring(other, *TO_SANCTION))


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_legal_basis_is_shown_only_once_it_is_confirmed(member, case, sign_in, confirmed):
    violation = actions.change_line(
        by=SYSTEM,
        line=Violation.objects.in_force().first(),
        fields={"legal_basis": "Dasar hukum contoh", "is_confirmed": confirmed},
    )
    bring(case, violation=violation)

    page = text(sign_in(member), case)

    assert violation.label_id in page
    assert ("Dasar hukum contoh" in page) is confirmed
    assert "dikonfirmasi" not in page


def test_merged_cases_point_at_each_other_for_who_may_see_both(member, case, report, sign_in):
    main = report().report.case
    bring(case, "dismissed", merged_into=main)
    with writing():
        Report.objects.filter(case=case).update(case=main)
    client = sign_in(member)

    assert f'href="{page_of(main)}">{main.number}' in text(client, case)
    assert f'href="{page_of(case)}">{case.number}' in text(client, main)
    assert "2 laporan" in text(client, main)

    with writing():
        Member.objects.filter(case=main).update(removed_at=timezone.now())
    page = text(client, case)
    assert main.number in page
    assert f'href="{page_of(main)}"' not in page


def test_a_case_from_before_there_were_keys_has_no_content_to_open(member, case, examiner, sign_in):
    with writing():
        Case.objects.filter(pk=case.pk).update(is_sealed=False)

    page = text(sign_in(examiner(role="auditor")), case)

    assert "dicatat sebelum isi perkara dapat disimpan" in page
    assert "Mengapa Anda membuka" not in page


def test_of_an_erased_case_number_and_steps_remain(member, case, desk):
    bring(case, "dismissed", erased_at=timezone.now())
    client = desk(member)

    page = text(client, case)
    assert "Isi perkara ini dihapus pada" in page
    assert "Mengapa Anda membuka" not in page


def test_the_page_of_a_case_takes_only_forms_where_it_writes(member, case, desk):
    client = desk(member)

    assert client.get(f"{page_of(case)}buka/").status_code == 405
    assert client.get(f"{page_of(case)}tutup/").status_code == 405
    assert client.post(page_of(case)).status_code == 405
