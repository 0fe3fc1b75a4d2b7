"""Receipt, study and letter as PDFs: what they say, what they never say, and who gets them."""

import pytest

from asn_neutrality import actions
from asn_neutrality.flow import possible_sanctions
from asn_neutrality.models import Opening, Violation
from asn_neutrality.sealing import codes
from forkopimda.lib.guard import writing
from forkopimda.meetings.models import Letterhead
from forkopimda.people.models import Institution
from tests.conftest import BATU_BARA
from tests.meetings.publishing import text_of

from .filing import STUDY, advance, opened, write
from .made import NARRATIVE, unlock_desk

PRESUMPTION = "dianggap tidak bersalah sampai ada putusan"
#: What a reporter gave, in their own words and about themselves.
PLANTED = ("Pelapor Rahasia", "0812345678", NARRATIVE, "kemarin sore", "Pesan dari pelapor")
MARKUP = '#panic("x") *tebal* $x$ _m_ \\ <a> @b `c` #set page(width: 1cm) // d'


@pytest.fixture
def file(examiner, report, sign_in, regions):
    """A studied case with a legal kind, its examiner, their client, and the report's code."""
    user = examiner(display_name="Pemeriksa Satu")
    received = report(
        standing="confidential", identity={"name": "Pelapor Rahasia", "contact": "0812345678"}
    )
    case = received.report.case
    held = opened(case, user)
    narrative = case.entries.get(kind="narrative")
    assert held.read(narrative)["what"] == NARRATIVE
    write(case, user, "study", **STUDY)
    write(case, user, "recommendation", text="Diteruskan untuk diperiksa", sanction="")
    with writing():
        case.violation = Violation.objects.in_force().filter(violation_class="discipline").first()
        case.save()
    return user, case, unlock_desk(sign_in(user), user, [case]), received


def get(client, case, document, **data):
    """The answer of whoever asks for a document."""
    return client.post(f"/netralitas-asn/{case.pk}/dokumen/{document}/", data)


def get_all(client, case):
    """The texts of all three documents."""
    report = case.reports.first()
    return {
        "receipt": text_of(get(client, case, "receipt", report=report.pk).content),
        "study": text_of(get(client, case, "study").content),
        "recommendation": text_of(get(client, case, "recommendation", recipient="bkn").content),
    }


def test_documents_never_name_the_reporter_nor_repeat_their_words(file):
    user, case, client, received = file
    actions.reply(
        by=user,
        opened=opened(case, user),
        report=received.report,
        text="Pesan dari pelapor",
        token="t",
    )

    texts = get_all(client, case)

    for name, text in texts.items():
        assert case.number in text, name
        assert PRESUMPTION in text, name
        for planted in (*PLANTED, received.code, codes.shown(received.code)):
            assert planted not in text, name
    assert "Fulan bin Fulan" not in texts["receipt"]


def test_a_receipt_says_what_was_received_and_how_to_follow_it(file):
    _user, case, client, _received = file

    answer = get(client, case, "receipt", report=case.reports.get().pk)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    text = text_of(answer.content)
    for said in (
        "TANDA TERIMA LAPORAN",
        "20 November 2024",
        "Mengarahkan rekan kerja atau bawahan",
        "Identitas dirahasiakan",
        "/lapor/status/",
        "kode lacak 16 angka",
    ):
        assert said in text
    assert not Opening.objects.exists()


def test_a_study_says_what_examiners_found_in_its_last_version(file, regions):
    user, case, client, _received = file
    write(case, user, "study", token="2", **STUDY | {"conclusion": "Belum ada petunjuk"})

    text = text_of(get(client, case, "study").content)

    for said in (STUDY["allegation"], STUDY["facts"], STUDY["analysis"], "Belum ada petunjuk"):
        assert said in text
    assert STUDY["conclusion"] not in text
    for said in ("RAHASIA", "Fulan bin Fulan", "Camat", case.violation.label_id, "Pemeriksa Satu"):
        assert said in text
    [opening] = Opening.objects.all()
    assert (opening.what, opening.purpose) == ("document", "letter")
    assert opening.explanation == "Kajian"


def test_a_legal_basis_is_printed_once_the_legal_office_has_confirmed_it(file):
    _user, case, client, _received = file
    for confirmed in (False, True):
        with writing():
            case.violation.pk = None
            case.violation.code = f"uji-{confirmed}".lower()
            case.violation.legal_basis = "PP 94/2021 pasal 5"
            case.violation.is_confirmed = confirmed
            case.violation.save()
            case.violation_id = case.violation.pk
            case.save()
        for document in ("study", "recommendation"):
            text = text_of(get(client, case, document, recipient="bkn").content)
            assert ("PP 94/2021 pasal 5" in text) is confirmed
            assert "konfirmasi" not in text


def test_a_letter_goes_to_whom_it_is_for_and_bears_the_number_of_its_forwarding(file):
    user, case, client, _received = file
    to = {
        "authority": "Pejabat Pembina Kepegawaian",
        "bkn": "Kepala Badan Kepegawaian Negara",
        "bawaslu": "Ketua Badan Pengawas Pemilihan Umum",
    }
    for recipient, office in to.items():
        text = text_of(get(client, case, "recommendation", recipient=recipient).content)
        assert office in text
        assert "Diteruskan untuk diperiksa" in text
        assert "700/12" not in text

    advance(case, user, "with_authority")
    text = text_of(get(client, case, "recommendation", recipient="authority").content)
    assert "700/12/BWS/2024" in text
    assert "22 November 2024" in text
    text = text_of(get(client, case, "recommendation", recipient="bkn").content)
    assert "700/12" not in text

    answer = get(client, case, "recommendation", recipient="bupati")
    assert answer.status_code == 422


def test_a_recommended_sanction_is_named(file):
    user, case, client, _received = file
    held = opened(case, user)
    page = client.get(f"/netralitas-asn/{case.pk}/tulis/recommendation/")
    sanctions = [code for code, _label in page.context["form"].fields["sanction"].choices if code]
    assert sanctions
    assert not any(code.startswith("san-m") for code in map(str.lower, sanctions))
    form = {"text": "Dijatuhi hukuman", "sanction": sanctions[0]}
    assert client.post(page.request["PATH_INFO"], form).status_code == 302

    text = text_of(get(client, case, "recommendation", recipient="authority").content)

    assert "Sanksi yang disarankan" in text
    assert held.latest("recommendation")["sanction"] == sanctions[0]


def test_once_it_is_decided_the_presumption_is_not_printed(file):
    user, case, client, _received = file
    held = advance(case, user, "examination")
    assert PRESUMPTION in text_of(get(client, case, "study").content)
    write(case, user, "hearing", on="2024-11-22", attended=True, called=[], text="Tidak benar")
    actions.move(
        by=user,
        opened=held,
        state="sanctioned",
        details={"decree_number": "800/1", "decree_date": "2024-11-23"},
        sanction=possible_sanctions(case.violation).first(),
    )

    assert PRESUMPTION not in text_of(get(client, case, "study").content)


def test_what_was_typed_is_printed_and_not_run(file):
    user, case, client, _received = file
    write(case, user, "study", token="m", **dict.fromkeys(STUDY, MARKUP))

    text = text_of(get(client, case, "study").content)

    assert text.count('#panic("x") *tebal* $x$') == 4


def test_the_letterhead_of_the_examiners_institution_stands_on_it(file, regions):
    user, case, client, _received = file
    with writing():
        user.institution = Institution.objects.create(
            region=regions[BATU_BARA],
            code="uji",
            name="Bawaslu Uji",
            head_title="Ketua",
            membership="invited",
        )
        user.save()
        Letterhead.objects.create(
            institution=user.institution, first_line="Kepala Surat Uji", address="Jalan Uji 1"
        )
    for document in ("study", "recommendation"):
        text = text_of(get(client, case, document, recipient="bkn").content)
        assert "KEPALA SURAT UJI" in text
        assert "Jalan Uji 1" in text


def test_only_whom_the_case_was_opened_to_gets_its_documents(file, examiner, desk, sign_in, person):
    user, case, _client, received = file
    report = received.report.pk
    locked = sign_in(user)
    for document in ("study", "recommendation"):
        answer = get(locked, case, document, recipient="bkn")
        assert answer.status_code == 302
        assert answer["Location"] == f"/netralitas-asn/{case.pk}/"
    auditor = examiner(role="auditor")
    outside = desk(auditor)
    assert get(outside, case, "receipt", report=report).status_code == 200
    assert get(outside, case, "study").status_code == 403
    actions.add_member(by=user, opened=opened(case, user), user=auditor, why="oversight")
    inside = unlock_desk(sign_in(auditor), auditor, [case])
    assert STUDY["facts"] in text_of(get(inside, case, "study").content)
    for stranger in (desk(examiner("12.09")), desk(examiner())):
        for document in ("receipt", "study"):
            assert get(stranger, case, document, report=report).status_code == 404
    for role in ("administrator", "secretariat", "viewer"):
        assert get(sign_in(person(role)), case, "receipt", report=report).status_code == 403


def test_what_is_not_there_is_not_printed(file, report):
    _user, case, client, _received = file
    other = report().report
    assert get(client, case, "receipt", report=other.pk).status_code == 404
    assert case.number in text_of(get(client, case, "receipt").content)
    for wrong in ("x", "9" * 40):
        assert get(client, case, "receipt", report=wrong).status_code == 404
    assert get(client, case, "identity").status_code == 404
    fresh = unlock_desk(client, _user, [other.case])
    assert get(fresh, other.case, "study").status_code == 404
    assert client.get(f"/netralitas-asn/{case.pk}/dokumen/study/").status_code == 405


def test_the_page_offers_what_there_is(file, report):
    user, case, client, _received = file
    page = client.get(f"/netralitas-asn/{case.pk}/").content.decode()
    for address in (
        "dokumen/receipt",
        "dokumen/study",
        "dokumen/recommendation",
        "gabung",
        "tulis/note",
    ):
        assert f"/netralitas-asn/{case.pk}/{address}/" in page
    other = report().report.case
    page = unlock_desk(client, user, [other]).get(f"/netralitas-asn/{other.pk}/").content.decode()
    assert "dokumen/receipt" in page
    assert "dokumen/study" not in page
    assert "dokumen/recommendation" not in page
