"""The words of the flow: kinds, states, what may follow what. No table is here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is alleged. Whether it happened, and how it weighs, is for the competent bodies."""

    CAMPAIGN_MATERIAL = "campaign_material", _("Memasang alat peraga kampanye")
    SOCIAL_MEDIA = "social_media", _("Kampanye atau dukungan di media sosial")
    ATTENDANCE = "attendance", _("Menghadiri deklarasi atau kampanye")
    PHOTO = "photo", _("Foto bersama calon atau dengan simbol keberpihakan")
    PARTY = "party", _("Keanggotaan atau jabatan dalam partai politik")
    CANDIDACY = "candidacy", _("Menyatakan diri sebagai calon tanpa izin")
    FACILITIES = "facilities", _("Penggunaan fasilitas negara")
    DECISION = "decision", _("Keputusan atau program yang menguntungkan calon")
    DIRECTING = "directing", _("Mengarahkan rekan kerja atau bawahan")
    IDENTITY_CARDS = "identity_cards", _("Pengumpulan salinan KTP")
    GIFTS = "gifts", _("Pemberian uang atau barang untuk calon")
    HOAX = "hoax", _("Penyebaran hoaks atau informasi yang meresahkan")


class State(models.TextChoices):
    """Where a case stands. The register mirrors: Bawaslu, BKN and the personnel authority decide.

    What leads where, and what each step needs, is in flow.py; how long each may take is a `Term`.
    """

    INFORMATION = "information", _("Informasi awal")
    RECEIVED = "received", _("Diterima")
    INITIAL_REVIEW = "initial_review", _("Kajian awal")
    COMPLETION = "completion", _("Perbaikan laporan")
    REGISTERED = "registered", _("Diregistrasi")
    STUDY = "study", _("Kajian dan klarifikasi")
    RECOMMENDED = "recommended", _("Direkomendasikan")
    NOT_PROVEN = "not_proven", _("Tidak terbukti")
    FORWARDED = "forwarded", _("Diteruskan ke lembaga berwenang")
    VERIFICATION = "verification", _("Verifikasi satuan tugas")
    VALIDATION = "validation", _("Validasi Bawaslu")
    WITH_AUTHORITY = "with_authority", _("Di Pejabat Pembina Kepegawaian")
    EXAMINATION = "examination", _("Pemeriksaan disiplin")
    SANCTIONED = "sanctioned", _("Sanksi dijatuhkan")
    OBJECTION = "objection", _("Banding atau keberatan")
    CARRIED_OUT = "carried_out", _("Sanksi dilaksanakan")
    RECORDED = "recorded", _("Selesai, tercatat di I'DIS")
    BLOCKED = "blocked", _("Data kepegawaian diblokir")
    DISMISSED = "dismissed", _("Dihentikan")


CLOSED = (State.NOT_PROVEN, State.RECORDED, State.DISMISSED)
#: From here on a breach stands as decided; before, everybody is presumed to have done nothing.
DECIDED = (State.SANCTIONED, State.OBJECTION, State.CARRIED_OUT, State.RECORDED)


class Dismissal(models.TextChoices):
    """Why a case ends before it is decided. The explanation is sealed."""

    INCOMPLETE = "incomplete", _("Laporan tidak lengkap")
    NOT_COMPETENT = "not_competent", _("Bukan kewenangan")
    DUPLICATE = "duplicate", _("Sudah dicatat dalam perkara lain")
    NOT_ASN = "not_asn", _("Yang dilaporkan bukan ASN")
    NO_INDICATION = "no_indication", _("Tidak ada petunjuk awal yang cukup")
    MISTAKE = "mistake", _("Salah catat")


class Recipient(models.TextChoices):
    """To whom a case is forwarded."""

    BAWASLU = "bawaslu", _("Bawaslu")
    BKN = "bkn", _("BKN")
    AUTHORITY = "authority", _("Pejabat Pembina Kepegawaian")


#: What may follow what; "" is the beginning. flow.py says what each step needs.
NEXT: dict[str, tuple[State, ...]] = {
    "": (State.INFORMATION, State.RECEIVED),
    State.INFORMATION: (State.RECEIVED, State.INITIAL_REVIEW),
    State.RECEIVED: (State.INITIAL_REVIEW,),
    # Bawaslu may take over what has only been screened: it registers and studies it.
    State.INITIAL_REVIEW: (State.COMPLETION, State.REGISTERED, State.FORWARDED),
    State.COMPLETION: (State.INITIAL_REVIEW,),
    State.REGISTERED: (State.STUDY,),
    State.STUDY: (State.RECOMMENDED, State.NOT_PROVEN),
    State.RECOMMENDED: (State.FORWARDED, State.WITH_AUTHORITY),
    State.FORWARDED: (State.REGISTERED, State.VERIFICATION, State.WITH_AUTHORITY),
    State.VERIFICATION: (State.VALIDATION, State.NOT_PROVEN),
    State.VALIDATION: (State.WITH_AUTHORITY, State.NOT_PROVEN),
    State.WITH_AUTHORITY: (State.EXAMINATION, State.BLOCKED),
    State.BLOCKED: (State.EXAMINATION,),
    State.EXAMINATION: (State.SANCTIONED, State.NOT_PROVEN),
    State.SANCTIONED: (State.OBJECTION, State.CARRIED_OUT),
    State.OBJECTION: (State.SANCTIONED, State.CARRIED_OUT, State.NOT_PROVEN),
    State.CARRIED_OUT: (State.RECORDED,),
    State.RECORDED: (),
    State.NOT_PROVEN: (),
    State.DISMISSED: (),
}
#: Where a case can still be dismissed: until a sanction was decided.
DISMISSIBLE = tuple(state for state in State if state not in CLOSED and state not in DECIDED)
FORWARDING = (State.FORWARDED, State.WITH_AUTHORITY)
#: Steps that leave a sealed record of what was done.
WITH_RECORD = (
    State.COMPLETION,
    State.RECOMMENDED,
    State.NOT_PROVEN,
    State.FORWARDED,
    State.WITH_AUTHORITY,
    State.BLOCKED,
    State.SANCTIONED,
    State.OBJECTION,
    State.CARRIED_OUT,
    State.RECORDED,
)


def allowed(previous: str) -> tuple[State, ...]:
    """What may follow `previous`: the next steps, dismissal, and reopening of what has ended."""
    following = NEXT[previous]
    if previous in DISMISSIBLE:
        following += (State.DISMISSED,)
    if previous in CLOSED:
        following += (State.INITIAL_REVIEW,)
    return following


def follows() -> Q:
    """The same as a condition on a step's row."""
    condition = Q()
    for previous in NEXT:
        condition |= Q(previous=previous, state__in=allowed(previous))
    return condition


def recorded_steps() -> Q:
    """Steps that must have a sealed record: those above, and reopenings."""
    return Q(state__in=WITH_RECORD) | Q(previous__in=CLOSED)
