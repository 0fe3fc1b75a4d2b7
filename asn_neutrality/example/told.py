"""What the example's reports say and how far each has come. Nothing of it happened: all texts begin
with "Contoh", no person is named, and the offices named are kinds of offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..models import Dismissal, EntryKind, Kind, Recipient, Standing, State


@dataclass(frozen=True)
class DaysAgo:
    """A day before the one on which the example is loaded."""

    days: int


Details = Mapping[str, str | bool | list[str] | DaysAgo]


@dataclass(frozen=True)
class Step:
    """The case moved on: to which state, with what."""

    state: str
    details: Details = field(default_factory=dict)
    reason: str = ""
    recipient: str = ""
    sanction: str = ""


@dataclass(frozen=True)
class Written:
    """An entry of the examiner's: notes, statements, the study."""

    kind: str
    content: Details


@dataclass(frozen=True)
class Classified:
    """The legal kind was set."""

    code: str


@dataclass(frozen=True)
class Said:
    """One message between examiner and reporter."""

    text: str
    by_reporter: bool = False


Act = Step | Written | Classified | Said


@dataclass(frozen=True)
class Told:
    """One report: `token` is its own for good, so that it is received once. `unit` is the code of
    an example unit, `days` how long ago it came in."""

    token: str
    kind: str
    what: str
    where: str
    office: str
    unit: str
    days: int
    standing: str = Standing.ANONYMOUS
    hoax: dict[str, str] | None = None
    acts: tuple[Act, ...] = ()


LETTER: Details = {"letter_number": "Contoh/001", "letter_date": DaysAgo(6)}
SCREENED = (Step(State.INITIAL_REVIEW), Step(State.REGISTERED), Step(State.STUDY))
STATEMENT = Written(
    EntryKind.STATEMENT,
    {
        "who": "Contoh: seorang rekan kerja di kantor itu",
        "on": DaysAgo(8),
        "text": "Contoh: saksi membenarkan melihat unggahan tersebut pada hari kerja.",
    },
)
STUDIED = (
    STATEMENT,
    Classified("KE-02"),
    Written(
        EntryKind.STUDY,
        {
            "allegation": "Contoh: dugaan dukungan kepada bakal calon di media sosial.",
            "facts": "Contoh: unggahan ada, dibuat dari akun kantor, dan dilihat dua saksi.",
            "analysis": "Contoh: unggahan itu memuat ajakan; pembuatnya perlu dimintai keterangan.",
            "conclusion": "Contoh: ada dugaan pelanggaran kode etik yang perlu diteruskan.",
        },
    ),
    Written(
        EntryKind.RECOMMENDATION,
        {"text": "Contoh: diteruskan kepada lembaga yang berwenang.", "sanction": ""},
    ),
    Step(State.RECOMMENDED, {"summary": "Contoh: diteruskan sesuai hasil kajian."}),
)
HEARD = Written(
    EntryKind.HEARING,
    {
        "on": DaysAgo(4),
        "attended": True,
        "called": [],
        "text": "Contoh: pihak yang dilaporkan menerangkan bahwa unggahan sudah dihapus.",
    },
)

REPORTS: tuple[Told, ...] = (
    Told(
        "contoh-selesai",
        Kind.SOCIAL_MEDIA,
        "Contoh: akun media sosial sebuah kantor membagikan ajakan memilih salah satu calon.",
        "Contoh: media sosial kantor",
        "Contoh: pengelola akun kantor",
        "dinas-pariwisata",
        20,
        standing=Standing.CONFIDENTIAL,
        acts=(
            *SCREENED,
            *STUDIED,
            Step(State.WITH_AUTHORITY, LETTER, recipient=Recipient.AUTHORITY),
            Step(State.EXAMINATION),
            HEARD,
            Step(
                State.SANCTIONED,
                {"decree_number": "Contoh/SK/001", "decree_date": DaysAgo(2)},
                sanction="M1",
            ),
            Step(State.CARRIED_OUT, {"proof": "Contoh: pernyataan disampaikan tertutup."}),
            Step(State.RECORDED, {"recorded_as": "Contoh/IDIS/001"}),
        ),
    ),
    Told(
        "contoh-diteruskan",
        Kind.SOCIAL_MEDIA,
        "Contoh: komentar dukungan kepada bakal calon ditulis pada jam kerja.",
        "Contoh: media sosial",
        "Contoh: pelaksana",
        "dinas-perhubungan",
        16,
        acts=(
            *SCREENED,
            *STUDIED,
            Step(State.FORWARDED, LETTER, recipient=Recipient.BKN),
        ),
    ),
    Told(
        "contoh-tidak-terbukti",
        Kind.FACILITIES,
        "Contoh: kendaraan dinas terlihat di lokasi pertemuan pendukung calon.",
        "Contoh: halaman sebuah gedung pertemuan",
        "Contoh: pengemudi kendaraan dinas",
        "dinas-pupr",
        15,
        standing=Standing.NAMED,
        acts=(
            *SCREENED,
            Step(
                State.NOT_PROVEN,
                {"grounds": "Contoh: kendaraan itu sedang dipakai untuk tugas lain di dekat sana."},
            ),
        ),
    ),
    Told(
        "contoh-kajian",
        Kind.SOCIAL_MEDIA,
        "Contoh: status pribadi memuat lambang salah satu pasangan calon.",
        "Contoh: aplikasi pesan",
        "Contoh: staf kecamatan",
        "kec-sei-suka",
        11,
        acts=(
            *SCREENED,
            STATEMENT,
            Written(EntryKind.NOTE, {"text": "Contoh: saksi kedua diundang pekan depan."}),
        ),
    ),
    Told(
        "contoh-dihentikan",
        Kind.HOAX,
        "Contoh: pesan berantai menyebut hari pemungutan suara diundur.",
        "Contoh: grup pesan warga",
        "",
        "",
        9,
        hoax={
            "platform": "Contoh: aplikasi pesan",
            "link": "https://contoh.example/pesan-berantai",
            "reach": "Contoh: satu grup warga",
        },
        acts=(
            Step(State.INITIAL_REVIEW),
            Step(
                State.DISMISSED,
                {"grounds": "Contoh: pengirimnya bukan ASN; diteruskan ke pihak yang menangani."},
                reason=Dismissal.NOT_ASN,
            ),
        ),
    ),
    Told(
        "contoh-unit-sendiri",
        Kind.SOCIAL_MEDIA,
        "Contoh: grup kantor dipakai membagikan jadwal kampanye salah satu calon.",
        "Contoh: grup pesan kantor",
        "Contoh: pejabat pengawas",
        "inspektorat",
        6,
        acts=(Step(State.INITIAL_REVIEW),),
    ),
    Told(
        "contoh-percakapan",
        Kind.PHOTO,
        "Contoh: foto bersama dengan simbol jari yang dikaitkan dengan salah satu calon.",
        "Contoh: ruang rapat kantor",
        "Contoh: beberapa pegawai bidang",
        "dinas-pendidikan",
        4,
        acts=(
            Step(State.INITIAL_REVIEW),
            Said("Contoh: terima kasih atas laporan Anda. Kapan kira-kira foto itu diambil?"),
            Said("Contoh: seingat saya hari Senin, setelah rapat pagi.", by_reporter=True),
            Step(State.COMPLETION, {"missing": "Contoh: siapa yang mengunggah foto itu."}),
            Said("Contoh: apakah Anda tahu siapa yang pertama kali mengunggahnya?"),
            Said("Contoh: saya melihatnya di grup kantor, bukan di akun umum.", by_reporter=True),
        ),
    ),
    Told(
        "contoh-diterima",
        Kind.ATTENDANCE,
        "Contoh: beberapa pegawai hadir di deklarasi dukungan dengan seragam dinas.",
        "Contoh: lapangan kecamatan",
        "Contoh: pegawai kecamatan",
        "kec-laut-tador",
        2,
        standing=Standing.CONFIDENTIAL,
    ),
    Told(
        "contoh-baru",
        Kind.SOCIAL_MEDIA,
        "Contoh: akun kantor menyukai dan membagikan unggahan tim kampanye.",
        "Contoh: media sosial kantor",
        "Contoh: pengelola akun kantor",
        "dinas-kesehatan",
        0,
    ),
)
#: Came in on one day and wait to be read, so that there is something to count: kind, what, unit.
_WAITING = (
    (Kind.SOCIAL_MEDIA, "unggahan ajakan memilih di grup kantor", "setda"),
    (Kind.CAMPAIGN_MATERIAL, "spanduk calon di pagar kantor", "satpol-pp"),
    (Kind.DIRECTING, "arahan lisan untuk memilih pada apel pagi", "dinas-kominfo"),
    (Kind.ATTENDANCE, "beberapa pegawai di panggung kampanye", "bkad"),
    (Kind.PHOTO, "foto dengan simbol jari di ruang kerja", "dinas-kesehatan"),
)
REPORTS += tuple(
    Told(f"contoh-menunggu-{number}", kind, f"Contoh: {what}.", "Contoh: kantor", "", unit, 1)
    for number, (kind, what, unit) in enumerate(_WAITING, start=1)
)
#: Whose tracking code the loader prints.
CONVERSATION = "contoh-percakapan"
