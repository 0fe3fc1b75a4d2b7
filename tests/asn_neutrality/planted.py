"""A case full of secrets, each of them a text that is nowhere else."""

import html
import io
import zipfile
from dataclasses import dataclass

from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case, open_report
from asn_neutrality.models import Case, Entry, Evidence, Report, Sanction, Violation
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing.codes import open_code
from tests.meetings.publishing import text_of

from .made import PASSPHRASE, attachment, receive

SECRETS = {
    "reporter": "Pelapor Rahasia Kuweni",
    "contact": "0811-7733-kontak-rahasia",
    "narrative": "Narasi rahasia tentang Nangka",
    "when": "waktu rahasia senja Duku",
    "where": "tempat rahasia balai Salak",
    "link": "https://contoh.example/tautan-rahasia-sirsak",
    "accused": "Terlapor Rahasia Rambutan",
    "office": "Jabatan Rahasia Manggis",
    "from_reporter": "pesan rahasia pelapor Jambu",
    "to_reporter": "pesan rahasia pemeriksa Belimbing",
    "note": "catatan rahasia Kedondong",
    "witness": "Saksi Rahasia Matoa",
    "statement": "keterangan rahasia Cempedak",
    "hearing": "pemeriksaan rahasia Langsat",
    "correction": "koreksi rahasia Markisa",
    "facts": "fakta kajian rahasia Sawo",
    "conclusion": "kesimpulan kajian rahasia Delima",
    "recommendation": "rekomendasi rahasia Kesemek",
    "summary": "ringkasan rahasia Bengkuang",
    "letter": "SURAT-RAHASIA/077/2024",
    "file_name": "bukti-rahasia-pepaya.pdf",
    "file_content": "isi berkas rahasia Alpukat",
}
IDENTITY = frozenset({"reporter", "contact"})
NUMBER = "NET-ASN/12.19"


@dataclass(frozen=True)
class Planted:
    """The case, its report, the reporter's code, and what may be asked for by its key."""

    case: Case
    report: Report
    code: str
    evidence: Evidence
    note: Entry


def plant(region, examiner, unit=None):
    """The case, at the examination, worked by an examiner who has a key."""
    received = receive(
        region,
        standing="confidential",
        narrative={
            "what": SECRETS["narrative"],
            "who": {
                "name": SECRETS["accused"],
                "office": SECRETS["office"],
                "unit": unit.name if unit else "",
                "unit_id": unit.pk if unit else None,
            },
            "when": SECRETS["when"],
            "where": SECRETS["where"],
            "links": [SECRETS["link"]],
        },
        identity={"name": SECRETS["reporter"], "contact": SECRETS["contact"]},
        unit=unit,
        files=[attachment(SECRETS["file_name"], file_content())],
    )
    report = received.report
    private = unlock(examiner, PASSPHRASE)
    opened = open_case(report.case, examiner, private)
    _talk(opened, open_report(report, open_code(received.code).key), examiner)
    note = _work(opened, examiner)
    return Planted(
        case=Case.objects.get(pk=report.case.pk),
        report=report,
        code=received.code,
        evidence=Evidence.objects.get(entry__report=report, entry__kind="narrative"),
        note=note,
    )


def file_content():
    """A PDF file that holds a secret."""
    return b"%PDF-1.4\n" + SECRETS["file_content"].encode() + b"\n%%EOF"


def _talk(opened, mine, examiner):
    actions.write_as_reporter(
        by=REPORTER, opened=mine, text=SECRETS["from_reporter"], token="tanya-1"
    )
    actions.reply(
        by=examiner,
        opened=opened,
        report=mine.report,
        text=SECRETS["to_reporter"],
        token="jawab-1",
        files=[attachment()],
    )


def _work(opened, examiner):
    today = timezone.localdate().isoformat()

    def write(kind, **content):
        return actions.write(
            by=examiner, opened=opened, kind=kind, content=content, token=f"tulis-{kind}"
        )

    def move(state, **details):
        recipient = details.pop("recipient", "")
        actions.move(by=examiner, opened=opened, state=state, details=details, recipient=recipient)

    for state in ("initial_review", "registered", "study"):
        move(state)
    note = write("note", text=SECRETS["note"])
    write("statement", who=SECRETS["witness"], on=today, text=SECRETS["statement"])
    write("correction", of=str(note.pk), asked_by="accused", text=SECRETS["correction"])
    violation = Violation.objects.in_force().get(code="KE-02")
    actions.set_violation(by=examiner, opened=opened, violation=violation)
    write(
        "study",
        allegation="dugaan",
        facts=SECRETS["facts"],
        analysis="analisis",
        conclusion=SECRETS["conclusion"],
    )
    write("recommendation", text=SECRETS["recommendation"], sanction="")
    move("recommended", summary=SECRETS["summary"])
    move(
        "with_authority",
        letter_number=SECRETS["letter"],
        letter_date=today,
        recipient="authority",
    )
    move("examination")
    write("hearing", on=today, attended=True, called=[], text=SECRETS["hearing"])
    return note


def moral_sanction():
    """A sanction that fits the planted case."""
    return Sanction.objects.in_force().get(code="M1")


def words_in(answer):
    """All that an answer says: its head, and its body as its reader sees it, unpacked."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    body = answer.getvalue() if answer.streaming else answer.content
    if body.startswith(b"%PDF-") and b"/Type" in body:
        text = text_of(body)
    elif body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            text = "\n".join(packed.read(name).decode() for name in packed.namelist())
    else:
        text = body.decode(errors="replace")
    return f"{head}\n{html.unescape(text)}"


def secrets_in(words):
    """Names of the secrets that stand in the words."""
    return {name for name, secret in SECRETS.items() if secret in words}
