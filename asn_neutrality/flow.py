"""What each step of a case asks for, and how a case reads to its reporter.

What may follow what stands in models/state.py, because the database holds to it as well; how many
days each step may take is data (`Term`). Here is what a step must be given: the fields of its
sealed record, and what must have been written before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import CLOSED, EntryKind, Recipient, Sanction, SanctionClass, State, allowed

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.utils.functional import _StrPromise as StrPromise

    from .models import Case, Violation


@dataclass(frozen=True)
class Needed:
    """What a step asks for.

    `fields` are texts of its sealed record that must be given, `optional` those that may;
    `before` are kinds of entries that the case must have; `violation` says that the legal kind
    must be set; `files` that scans (a letter, a decree, proof) may be sealed with it.
    """

    fields: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("note",)
    before: tuple[str, ...] = ()
    violation: bool = False
    files: bool = False


LETTER = ("letter_number", "letter_date")
STUDIED = (EntryKind.STUDY, EntryKind.RECOMMENDATION)

NEEDED: dict[str, Needed] = {
    State.INFORMATION: Needed(),
    State.RECEIVED: Needed(),
    State.INITIAL_REVIEW: Needed(),
    State.COMPLETION: Needed(fields=("missing",)),
    State.REGISTERED: Needed(),
    State.STUDY: Needed(),
    State.RECOMMENDED: Needed(fields=("summary",), before=STUDIED, violation=True),
    State.NOT_PROVEN: Needed(fields=("grounds",), files=True),
    State.FORWARDED: Needed(fields=LETTER, files=True),
    # Bawaslu may have been sent what was only screened: it registers and studies it first.
    State.VERIFICATION: Needed(before=STUDIED, violation=True),
    State.VALIDATION: Needed(),
    State.WITH_AUTHORITY: Needed(fields=LETTER, before=STUDIED, violation=True, files=True),
    State.EXAMINATION: Needed(),
    State.SANCTIONED: Needed(
        fields=("decree_number", "decree_date"),
        before=(EntryKind.HEARING,),
        violation=True,
        files=True,
    ),
    State.OBJECTION: Needed(fields=("objection",), files=True),
    State.CARRIED_OUT: Needed(fields=("proof",), files=True),
    State.RECORDED: Needed(fields=("recorded_as",), files=True),
    State.BLOCKED: Needed(fields=LETTER, files=True),
    State.DISMISSED: Needed(optional=("grounds", "note"), files=True),
}

#: Reopening what has ended asks for this instead of what the state itself does.
REOPENING = Needed(fields=("why",))

#: Steps that are asked about once more: they end a case, or decide over a person.
GRAVE = (State.NOT_PROVEN, State.SANCTIONED, State.RECORDED, State.DISMISSED)
#: Where the legal kind is set: from the study until there is a decision.
CLASSIFYING = (
    State.STUDY,
    State.RECOMMENDED,
    State.FORWARDED,
    State.VERIFICATION,
    State.VALIDATION,
    State.WITH_AUTHORITY,
    State.BLOCKED,
    State.EXAMINATION,
)

#: Fields that are dates (ISO).
DATES = frozenset({"letter_date", "decree_date"})
#: Fields of one line, at most LINE_LENGTH characters; all others are texts of several lines.
LINES = frozenset({"letter_number", "decree_number", "recorded_as"})
LINE_LENGTH = 100
TEXT_LENGTH = 5000

LABELS: dict[str, StrPromise] = {
    "note": _("Catatan"),
    "missing": _("Yang perlu dilengkapi"),
    "summary": _("Ringkasan rekomendasi"),
    "grounds": _("Pertimbangan"),
    "letter_number": _("Nomor surat"),
    "letter_date": _("Tanggal surat"),
    "decree_number": _("Nomor keputusan"),
    "decree_date": _("Tanggal keputusan"),
    "objection": _("Isi banding atau keberatan"),
    "proof": _("Bukti pelaksanaan"),
    "recorded_as": _("Nomor atau tanggal pencatatan"),
    "why": _("Alasan dibuka kembali"),
}

#: What the step is called on its way, where the name of the state alone would not say what to do.
ACTS: dict[str, StrPromise] = {
    State.RECEIVED: _("Terima sebagai laporan"),
    State.INITIAL_REVIEW: _("Mulai kajian awal"),
    State.COMPLETION: _("Minta pelapor melengkapi"),
    State.REGISTERED: _("Registrasi"),
    State.STUDY: _("Mulai kajian dan klarifikasi"),
    State.RECOMMENDED: _("Rekomendasikan"),
    State.NOT_PROVEN: _("Tutup: tidak terbukti"),
    State.FORWARDED: _("Teruskan ke Bawaslu atau BKN"),
    State.VERIFICATION: _("Catat verifikasi satuan tugas"),
    State.VALIDATION: _("Catat validasi Bawaslu"),
    State.WITH_AUTHORITY: _("Teruskan ke Pejabat Pembina Kepegawaian"),
    State.EXAMINATION: _("Catat pemeriksaan disiplin dimulai"),
    State.SANCTIONED: _("Catat sanksi yang dijatuhkan"),
    State.OBJECTION: _("Catat banding atau keberatan"),
    State.CARRIED_OUT: _("Catat sanksi dilaksanakan"),
    State.RECORDED: _("Tutup: tercatat di I'DIS"),
    State.BLOCKED: _("Catat data kepegawaian diblokir"),
    State.DISMISSED: _("Hentikan perkara"),
}

#: What the reporter reads at /lapor/status/: no verdict before there is one, no office's secret.
IN_PLAIN_WORDS: dict[str, StrPromise] = {
    State.INFORMATION: _("Laporan Anda sudah masuk dan menunggu dibaca pemeriksa."),
    State.RECEIVED: _("Laporan Anda sudah diterima dan menunggu diperiksa kelengkapannya."),
    State.INITIAL_REVIEW: _("Pemeriksa sedang menilai kelengkapan laporan Anda."),
    State.COMPLETION: _("Laporan Anda perlu dilengkapi. Baca pesan dari pemeriksa di bawah."),
    State.REGISTERED: _("Laporan Anda sudah diregistrasi dan akan dikaji."),
    State.STUDY: _("Laporan Anda sedang dikaji."),
    State.RECOMMENDED: _("Kajian selesai. Hasilnya sedang disiapkan untuk diteruskan."),
    State.NOT_PROVEN: _("Selesai: dugaan tidak terbukti."),
    State.FORWARDED: _("Laporan diteruskan ke lembaga yang berwenang."),
    State.VERIFICATION: _("Lembaga yang berwenang sedang memverifikasi laporan."),
    State.VALIDATION: _("Hasil verifikasi sedang divalidasi."),
    State.WITH_AUTHORITY: _("Laporan ada pada pejabat yang berwenang menindaklanjuti."),
    State.EXAMINATION: _("Pihak yang dilaporkan sedang diperiksa."),
    State.SANCTIONED: _("Keputusan sudah diambil."),
    State.OBJECTION: _("Ada banding atau keberatan yang sedang diproses."),
    State.CARRIED_OUT: _("Keputusan sudah dilaksanakan."),
    State.RECORDED: _("Selesai."),
    State.BLOCKED: _("Tindak lanjut sedang ditagih oleh lembaga yang berwenang."),
    State.DISMISSED: _("Penanganan laporan dihentikan."),
}


def needed(previous: str, state: str) -> Needed:
    """What the step from `previous` to `state` asks for."""
    return REOPENING if previous in CLOSED else NEEDED[state]


def act_of(previous: str, state: str) -> str:
    """What to do to come from `previous` to `state`, in words."""
    if previous in CLOSED:
        return gettext("Buka kembali")
    return str(ACTS.get(state) or State(state).label)


def next_steps(case: Case) -> tuple[State, ...]:
    """What may follow where the case stands: nothing, once it is merged or its content erased."""
    if case.merged_into_id is not None or case.erased_at is not None:
        return ()
    return allowed(case.state)


def still_missing(case: Case, state: str, written: Collection[str]) -> tuple[list[EntryKind], bool]:
    """What must come before the step to `state`: entries not yet `written`, and the legal kind."""
    ask = needed(case.state, state)
    return (
        [EntryKind(kind) for kind in ask.before if kind not in written],
        ask.violation and case.violation_id is None,
    )


def recipients(previous: str, state: str) -> tuple[Recipient, ...]:
    """To whom a step may forward: what was only screened goes to Bawaslu, which studies it."""
    if state == State.WITH_AUTHORITY:
        return (Recipient.AUTHORITY,)
    if state != State.FORWARDED:
        return ()
    if previous == State.INITIAL_REVIEW:
        return (Recipient.BAWASLU,)
    return (Recipient.BAWASLU, Recipient.BKN)


def possible_sanctions(violation: Violation | None) -> Any:
    """Sanctions in force, of the classes that the legal kind allows; none without a kind."""
    if violation is None:
        return Sanction.objects.none()
    weights = SanctionClass.values
    first, last = weights.index(violation.sanction_from), weights.index(violation.sanction_to)
    return Sanction.objects.in_force().filter(sanction_class__in=weights[first : last + 1])
