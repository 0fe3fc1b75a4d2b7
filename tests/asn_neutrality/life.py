"""A case from its report to its end through the pages, all that is secret in it planted.

What the two sides hold and the server must not is planted as well: codes, passphrases, words of the
recovery key, tokens of unlocked vaults.
"""

import re
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from asn_neutrality.models import Case, Report
from forkopimda.alerts.tasks import send_due
from tests.security.incidents.reporting import camera_picture

from .planted import SECRETS, file_content
from .reporter import code_on, filled

OFFICES = ["Ketua Pengadilan", "Kepala Kejaksaan", "Ketua Bawaslu"]
PASSPHRASE = "kuda kencana minum kopi rahasia"
NEW_PASSPHRASE = "gajah kencana makan roti rahasia"
KEYS = "/netralitas-asn/kunci/"
MORE = {
    "platform": "kanal rahasia Srikaya",
    "spread": "sebaran rahasia Menteng",
    "refused": "laporan rahasia yang ditolak Gandaria",
    "draft": "rancangan rahasia Kecapi",
    "sought": "pencarian rahasia Bisbul",
    "second_message": "pesan kedua rahasia Kapulasan",
    "attached": "lampiran-rahasia-duwet.pdf",
    "analysis": "analisis rahasia Namnam",
    "allegation": "uraian rahasia Lobi-lobi",
    "decree": "KEPUTUSAN-RAHASIA/099/2024",
    "proof": "bukti pelaksanaan rahasia Kemang",
    "recorded": "catatan I'DIS rahasia Ceremai",
    "grounds": "pertimbangan rahasia «Bidara» ñ",
    "passphrase": PASSPHRASE,
    "new_passphrase": NEW_PASSPHRASE,
    "wrong_passphrase": "bebek keliru rahasia lima kata",
    "wrong_code": "4711 0815 4711 0815",
    "camera": "Kamera Rahasia",
    "address": "203.0.113.177",
    "address behind a proxy": "2001:db8:77::4711",
    "browser": "PerambanRahasia/7.11",
}


@dataclass
class Life:
    """Who took part, and the secrets that only they know."""

    examiner: object
    auditor: object
    secrets: dict[str, str | bytes] = field(default_factory=lambda: SECRETS | MORE)
    case: Case | None = None

    def plant(self, name, secret):
        """One more secret, made while the case lived."""
        assert name not in self.secrets
        self.secrets[name] = secret

    def tokens_of(self, name, client):
        """What a browser holds that opens a vault."""
        for cookie, morsel in client.cookies.items():
            if cookie.startswith("vault-") and morsel.value:
                self.plant(f"{name} {cookie}", morsel.value)


def reporter():
    """A browser that is known by its address and name, as all are."""
    headers = {"User-Agent": MORE["browser"], "X-Forwarded-For": MORE["address behind a proxy"]}
    return Client(headers=headers, REMOTE_ADDR=MORE["address"])


def done(answer, *statuses):
    """The answer, if it is as it should be."""
    assert answer.status_code in (statuses or (200, 302, 303)), answer.content.decode()[:3000]
    return answer


def pdf(name, content):
    """A PDF file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")


def live(examiner, auditor):
    """Everything that happens to one case, seen by nobody but those it concerns."""
    life = Life(examiner, auditor)
    desk = _keys(life, examiner)
    code = _report(life)
    _work(life, desk)
    _talk(life, desk, code)
    _end(life, desk)
    _look(life, desk)
    send_due()
    return life


def _keys(life, user):
    """The examiner's key by its pages, its passphrase changed; the recovery key's ceremony."""
    desk = Client()
    desk.force_login(user)
    first = {"unit": "-", "passphrase": PASSPHRASE, "repeat": PASSPHRASE, "understood": "on"}
    done(desk.post(f"{KEYS}buat/", first), 302)
    done(desk.post(f"{KEYS}buka/", {"passphrase": MORE["wrong_passphrase"]}), 422)
    changed = {"old": PASSPHRASE, "passphrase": NEW_PASSPHRASE, "repeat": NEW_PASSPHRASE}
    done(desk.post(f"{KEYS}frasa/", changed), 302)
    begin = {"region": "12.19", "holders": "\n".join(OFFICES), "threshold": 2}
    done(desk.post(f"{KEYS}pemulihan/buat/", begin), 302)
    shares = []
    life.tokens_of("ceremony", desk)
    for number, _office in enumerate(OFFICES, start=1):
        page = desk.get(f"{KEYS}pemulihan/bagian/").content.decode()
        words = re.search(r'<ol class="share-words".*?</ol>', page, re.DOTALL).group()
        shares.append(" ".join(re.findall(r"<li>(\w+)</li>", words)))
        life.plant(f"share {number}", shares[-1])
        life.plant(f"end of share {number}", " ".join(shares[-1].split()[-4:]))
        done(desk.post(f"{KEYS}pemulihan/bagian/", {"number": number}), 302)
    typed = {"share_1": shares[0], "share_2": shares[2]}
    done(desk.post(f"{KEYS}pemulihan/uji/", typed), 302)
    return desk


def _report(life):
    """The report by the public form, refused once; its code is shown."""
    browser = reporter()
    done(browser.post("/lapor/", filled(standing="", what=MORE["refused"])), 422)
    fields = filled(
        kind="hoax",
        hoax_platform=MORE["platform"],
        hoax_link=SECRETS["link"],
        hoax_reach=MORE["spread"],
        name=SECRETS["accused"],
        office=SECRETS["office"],
        what=SECRETS["narrative"],
        when=SECRETS["when"],
        where=SECRETS["where"],
        links=SECRETS["link"],
        standing="named",
        identity_name=SECRETS["reporter"],
        identity_contact=SECRETS["contact"],
        files=[
            pdf(SECRETS["file_name"], file_content()),
            SimpleUploadedFile("foto.jpg", camera_picture(), "image/jpeg"),
        ],
    )
    life.plant("token of the form", fields["token"])
    done(browser.post("/lapor/", fields), 303)
    code = code_on(browser.get("/lapor/terkirim/"))
    life.plant("code", code)
    life.plant("code in groups", " ".join(code[at : at + 4] for at in range(0, 16, 4)))
    life.tokens_of("receipt", browser)
    life.case = Case.objects.get()
    return code


def _work(life, desk):
    """The examiner opens the case, and writes what is to be written until the examination."""
    case = f"/netralitas-asn/{life.case.pk}/"
    today = timezone.localdate().isoformat()
    done(desk.post(f"{case}buka/", {"purpose": "study"}), 302)
    life.tokens_of("desk", desk)

    def step(state, **fields):
        done(desk.post(f"{case}langkah/{state}/", fields), 302)

    def write(kind, **fields):
        done(desk.post(f"{case}tulis/{kind}/", fields), 302)

    for state in ("initial_review", "registered", "study"):
        step(state)
    write("note", text=SECRETS["note"], files=[pdf(MORE["attached"], file_content())])
    note = life.case.entries.get(kind="note").pk
    write("accused", name=SECRETS["accused"], office=SECRETS["office"])
    write("statement", who=SECRETS["witness"], on=today, text=SECRETS["statement"])
    done(desk.post(f"{case}tulis/statement/", {"who": "x", "text": MORE["refused"]}), 422)
    write("correction", of=note, asked_by="accused", text=SECRETS["correction"])
    kinds = desk.get(f"{case}pelanggaran/").content.decode()
    kind = re.search(r'value="(\d+)"[^>]*>\s*KE-02', kinds).group(1)
    done(desk.post(f"{case}pelanggaran/", {"violation": kind}), 302)
    write(
        "study",
        allegation=MORE["allegation"],
        facts=SECRETS["facts"],
        analysis=MORE["analysis"],
        conclusion=SECRETS["conclusion"],
    )
    write("recommendation", text=SECRETS["recommendation"])
    step("recommended", summary=SECRETS["summary"])
    letter = {"letter_number": SECRETS["letter"], "letter_date": today}
    step("with_authority", recipient="authority", **letter)
    step("examination")
    write("hearing", on=today, attended="yes", text=SECRETS["hearing"])


def _talk(life, desk, code):
    """Question and answer, the code typed wrong, right and too late."""
    report = Report.objects.get()
    address = f"/netralitas-asn/{life.case.pk}/pesan/{report.pk}/"
    file = pdf(MORE["attached"], file_content())
    done(desk.post(address, {"text": SECRETS["to_reporter"], "files": [file]}), 302)
    browser = reporter()
    done(browser.post("/lapor/status/", {"code": MORE["wrong_code"]}), 422)
    done(browser.post("/lapor/status/pesan/", {"text": MORE["draft"]}), 422)
    typed = {"code": code, "draft": MORE["draft"]}
    done(browser.post("/lapor/status/", typed), 303)
    life.tokens_of("reporter", browser)
    for name in ("from_reporter", "second_message"):
        done(browser.get("/lapor/status/"), 200)
        done(browser.post("/lapor/status/pesan/", {"text": life.secrets[name]}), 302)
    done(browser.get("/lapor/status/tanda-terima/"), 200)


def _end(life, desk):
    """Decided, carried out, recorded; the key of the case is renewed on the way."""
    case = f"/netralitas-asn/{life.case.pk}/"
    today = timezone.localdate().isoformat()
    page = desk.get(f"{case}langkah/sanctioned/").content.decode()
    sanction = re.search(r'<option value="(\d+)"', page).group(1)
    decree = {"decree_number": MORE["decree"], "decree_date": today, "note": MORE["grounds"]}
    done(
        desk.post(f"{case}langkah/sanctioned/", decree | {"sanction": sanction, "sure": "on"}), 302
    )
    done(desk.post(f"{case}anggota/kunci/"), 302)
    done(desk.post(f"{case}langkah/carried_out/", {"proof": MORE["proof"]}), 302)
    recorded = {"recorded_as": MORE["recorded"], "sure": "on"}
    done(desk.post(f"{case}langkah/recorded/", recorded), 302)


def _look(life, desk):
    """Everything is read once, by the examiner and as far as they may by an auditor."""
    case, report = f"/netralitas-asn/{life.case.pk}/", Report.objects.get()
    page = done(desk.get(case), 200).content.decode()
    assert SECRETS["note"] in page
    identity = desk.post(f"{case}identitas/{report.pk}/", {"purpose": "contact"})
    assert SECRETS["reporter"] in identity.content.decode()
    for entry in life.case.entries.filter(evidence__isnull=False):
        for evidence in entry.evidence.all():
            done(desk.get(f"{case}bukti/{evidence.pk}/"), 200)
    done(desk.post(f"{case}dokumen/study/"), 200)
    done(desk.post(f"{case}dokumen/recommendation/", {"recipient": "authority"}), 200)
    done(desk.get(f"/netralitas-asn/?cari={MORE['sought']}"), 200)
    overseer = Client()
    overseer.force_login(life.auditor)
    for address in ("", "ekspor/", "pembukaan/", "statistik/", f"{life.case.pk}/"):
        b"".join(done(overseer.get(f"/netralitas-asn/{address}"), 200))
    done(overseer.get("/admin/audit/auditevent/"), 200)
