"""What may be tried on a case, surface by surface, and by whom it may succeed.

A row says who is let in (`allowed`), and who of them reads what is sealed (`reads`): to them the
secrets named in `shows` are shown. Everybody else must be refused, and nobody else may find a
secret in any answer. Addresses and data name keys of `Cast.keys` in braces.
"""

from dataclasses import dataclass, field

from asn_neutrality.models import EntryKind, State

from .cast import (
    ADMINISTRATORS,
    AUDITORS,
    COUNTERS,
    DESK,
    EXAMINERS,
    OPENERS,
    SEERS,
    WITH_ROLE,
    WORKERS,
)
from .planted import IDENTITY, SECRETS

NOBODY: frozenset[str] = frozenset()
CASE = "/netralitas-asn/{case}/"
CONTENT = frozenset(SECRETS) - IDENTITY - {"file_content"}
FAR = frozenset({"examiner_elsewhere", "auditor_elsewhere"})
STAFF = AUDITORS | ADMINISTRATORS


@dataclass(frozen=True)
class Attempt:
    """One thing that is tried. `status` is what the allowed get; `numbers` are those who may learn
    the number of the case from it."""

    surface: str
    action: str
    address: str
    allowed: frozenset[str]
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    status: tuple[int, ...] = (200,)
    reads: frozenset[str] = NOBODY
    shows: frozenset[str] = NOBODY
    numbers: frozenset[str] = SEERS
    headers: dict[str, str] = field(default_factory=dict)


def page(action, address, allowed, **more):
    """A page that is asked for."""
    return Attempt("page", action, address, allowed, **more)


def form(action, address, allowed, data=None, status=(302,), **more):
    """A form that is sent, filled in as it should be."""
    return Attempt(
        "form", action, address, allowed, method="post", data=data or {}, status=status, **more
    )


DAY = "2024-11-21"
WRITTEN = {
    "note": {"text": "uji"},
    "accused": {"office": "Jabatan uji"},
    "statement": {"who": "uji", "on": DAY, "text": "uji"},
    "hearing": {"on": DAY, "attended": "yes", "text": "uji"},
    "correction": {"of": "{note}", "asked_by": "accused", "text": "uji"},
    "study": dict.fromkeys(("allegation", "facts", "analysis", "conclusion"), "uji"),
    "recommendation": {"text": "uji", "sanction": ""},
}
STEPS = {
    "sanctioned": {
        "decree_number": "uji",
        "decree_date": DAY,
        "sanction": "{sanction}",
        "sure": "on",
    },
    "not_proven": {"grounds": "uji", "sure": "on"},
    "dismissed": {"reason": "mistake", "grounds": "uji", "sure": "on"},
}
WHY = {"purpose": "study"}
READING = {"reads": OPENERS, "shows": frozenset({"narrative", "accused", "note"})}

REGISTER = [
    page("register", "/netralitas-asn/", WITH_ROLE),
    page("search by number", "/netralitas-asn/?cari={part}", WITH_ROLE),
    page(
        "list in place",
        "/netralitas-asn/",
        WITH_ROLE,
        headers={"HX-Request": "true", "HX-Target": "cases"},
    ),
    page("cases by terms", "/netralitas-asn/tenggat/", DESK),
    page("openings", "/netralitas-asn/pembukaan/", AUDITORS),
    page(
        "openings of the case",
        "/netralitas-asn/pembukaan/?nomor={part}",
        AUDITORS,
        numbers=AUDITORS,
    ),
    page("new report", "/netralitas-asn/baru/", EXAMINERS),
    Attempt("export", "register", "/netralitas-asn/ekspor/", DESK),
    Attempt("export", "openings", "/netralitas-asn/pembukaan/ekspor/", AUDITORS),
    Attempt("export", "counts", "/netralitas-asn/statistik/ekspor/?wilayah=12.19", COUNTERS - FAR),
    page("counts", "/netralitas-asn/statistik/", COUNTERS),
]
READS = [
    page("see the case", CASE, SEERS, **READING),
    form("open with a reason", f"{CASE}buka/", OPENERS, WHY),
    form("close", f"{CASE}tutup/", OPENERS),
    page("ask for the identity", f"{CASE}identitas/{{report}}/", OPENERS),
    form(
        "read the identity",
        f"{CASE}identitas/{{report}}/",
        OPENERS,
        WHY,
        status=(200,),
        reads=OPENERS,
        shows=IDENTITY,
    ),
    Attempt(
        "file",
        "evidence",
        f"{CASE}bukti/{{evidence}}/",
        OPENERS,
        reads=OPENERS,
        shows=frozenset({"file_name", "file_content"}),
    ),
    page(
        "conversation",
        f"{CASE}pesan/{{report}}/",
        OPENERS,
        reads=OPENERS,
        shows=frozenset({"from_reporter", "to_reporter"}),
    ),
    page("members", f"{CASE}anggota/", SEERS),
    Attempt(
        "document",
        "receipt",
        f"{CASE}dokumen/receipt/",
        SEERS,
        method="post",
        data={"report": "{report}"},
    ),
    Attempt(
        "document",
        "study",
        f"{CASE}dokumen/study/",
        OPENERS,
        method="post",
        reads=OPENERS,
        shows=frozenset({"facts", "conclusion"}),
    ),
    Attempt(
        "document",
        "letter",
        f"{CASE}dokumen/recommendation/",
        OPENERS,
        method="post",
        data={"recipient": "authority"},
        reads=OPENERS,
        shows=frozenset({"recommendation"}),
    ),
]
WRITES = [
    form("answer the reporter", f"{CASE}pesan/{{report}}/", WORKERS, {"text": "uji"}),
    *(
        page(
            f"write {kind}",
            f"{CASE}tulis/{kind}/",
            WORKERS,
            **({"reads": WORKERS} if kind in {"accused", "study", "recommendation"} else {}),
        )
        for kind in WRITTEN
    ),
    *(
        form(f"write {kind}", f"{CASE}tulis/{kind}/", WORKERS, data)
        for kind, data in WRITTEN.items()
    ),
    *(
        form(f"write {kind}", f"{CASE}tulis/{kind}/", NOBODY, {"text": "uji"})
        for kind in EntryKind.values
        if kind not in WRITTEN
    ),
    *(
        page(
            f"step to {state}",
            f"{CASE}langkah/{state}/",
            WORKERS,
            status=(200,) if state in STEPS else (302,),
        )
        for state in State.values
    ),
    *(
        form(
            f"step to {state}",
            f"{CASE}langkah/{state}/",
            WORKERS,
            STEPS.get(state),
            status=(302,) if state in STEPS else (422,),
        )
        for state in State.values
    ),
    page("legal kind", f"{CASE}pelanggaran/", WORKERS),
    form("legal kind", f"{CASE}pelanggaran/", WORKERS, {"violation": "{violation}"}),
    page("lead", f"{CASE}penanggung-jawab/", WORKERS),
    form("lead", f"{CASE}penanggung-jawab/", WORKERS, {"lead": "{worker}"}),
    page("merge", f"{CASE}gabung/", WORKERS),
    form("merge", f"{CASE}gabung/", WORKERS, {"main": "{main}"}),
    form("add a member", f"{CASE}anggota/tambah/", WORKERS, {"user": "{outsider}", "why": "load"}),
    page("remove a member", f"{CASE}anggota/{{member}}/keluar/", WORKERS),
    form("remove a member", f"{CASE}anggota/{{member}}/keluar/", WORKERS, {"why": "done"}),
    form(
        "recuse",
        f"{CASE}anggota/mundur/",
        OPENERS,
        {"why": "done", "understood": "on"},
        status=(302, 422),
    ),
    form("new key", f"{CASE}anggota/kunci/", WORKERS),
]
