"""What each step of a case asks for, and how a case reads to its reporter.

What may follow what stands in models/state.py, because the database holds to it as well; how many
days each step may take is data (`Term`). Here is what a step must be given: the fields of its
sealed record, and what must have been written before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .models import EntryKind, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Needed:
    """What a step asks for.

    `fields` are texts of its sealed record that must be given, `optional` those that may;
    `before` are kinds of entries that the case must have; `violation` says that the legal kind
    must be set.
    """

    fields: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("note",)
    before: tuple[str, ...] = ()
    violation: bool = False


LETTER = ("letter_number", "letter_date")

NEEDED: dict[str, Needed] = {
    State.INFORMATION: Needed(),
    State.RECEIVED: Needed(),
    State.INITIAL_REVIEW: Needed(),
    State.COMPLETION: Needed(fields=("missing",)),
    State.REGISTERED: Needed(),
    State.STUDY: Needed(),
    State.RECOMMENDED: Needed(
        fields=("summary",),
        before=(EntryKind.STUDY, EntryKind.RECOMMENDATION),
        violation=True,
    ),
    State.NOT_PROVEN: Needed(fields=("grounds",)),
    State.FORWARDED: Needed(fields=LETTER),
    State.VERIFICATION: Needed(),
    State.VALIDATION: Needed(),
    State.WITH_AUTHORITY: Needed(fields=LETTER, violation=True),
    State.EXAMINATION: Needed(),
    State.SANCTIONED: Needed(
        fields=("decree_number", "decree_date"), before=(EntryKind.HEARING,), violation=True
    ),
    State.OBJECTION: Needed(fields=("objection",)),
    State.CARRIED_OUT: Needed(fields=("proof",)),
    State.RECORDED: Needed(fields=("recorded_as",)),
    State.BLOCKED: Needed(fields=LETTER),
    State.DISMISSED: Needed(),
}

#: Reopening what has ended asks for this instead of what the state itself does.
REOPENING = Needed(fields=("why",))

#: Fields that are dates (ISO); all others are texts.
DATES = frozenset({"letter_date", "decree_date"})

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


def needed(previous: str, state: str, closed: tuple[str, ...]) -> Needed:
    """What the step from `previous` to `state` asks for."""
    return REOPENING if previous in closed else NEEDED[state]
