"""The frames that the product brings: the police's index and Bawaslu's. Data, in Indonesian.

Dimensions and indicators are those of the published indices. Weights, the scale of 0 to 4 and the
police's cut-offs are ours, and each frame's note says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .frame_parts import DimensionPart, IndicatorPart
from .models import Scheme


@dataclass(frozen=True)
class ShippedFrame:
    """A frame for the whole country, in force once the product is installed."""

    code: str
    name: str
    scheme: str
    note: str
    medium_from: Decimal
    high_from: Decimal
    position: int
    dimensions: Sequence[DimensionPart]


def _indicator(code: str, name: str, guidance: str) -> IndicatorPart:
    return IndicatorPart(code=code, name=name, guidance=guidance)


def _dimension(code: str, name: str, *indicators: IndicatorPart) -> DimensionPart:
    return DimensionPart(code=code, name=name, indicators=indicators)


POLICE = ShippedFrame(
    code="polri-ipkp",
    name="IPKP Polri: indeks potensi kerawanan",
    scheme=Scheme.POLICE_INDEX,
    note=(
        "Lima dimensi dan 17 variabel mengikuti Indeks Potensi Kerawanan Pilkada 2020 Polri. "
        "Bobot (semua sama), skala 0 sampai 4, dan ambang 33,34 dan 66,67 adalah setelan bawaan "
        "produk ini, bukan angka resmi Polri. Semuanya dapat diubah lewat versi baru."
    ),
    medium_from=Decimal("33.34"),
    high_from=Decimal("66.67"),
    position=1,
    dimensions=(
        _dimension(
            "penyelenggara",
            "Penyelenggara",
            _indicator(
                "profesionalisme-kpu",
                "Profesionalisme KPU",
                "Keberpihakan, kelalaian, atau pelanggaran etik KPU dan jajarannya. "
                "Makin diragukan, makin tinggi nilainya.",
            ),
            _indicator(
                "profesionalisme-bawaslu",
                "Profesionalisme Bawaslu",
                "Keberpihakan atau lemahnya pengawasan Bawaslu dan jajarannya. "
                "Makin diragukan, makin tinggi nilainya.",
            ),
            _indicator(
                "profesionalisme-pengamanan",
                "Profesionalisme pengamanan",
                "Kekurangan personel, sarana, atau netralitas petugas pengamanan. "
                "Makin kurang siap, makin tinggi nilainya.",
            ),
        ),
        _dimension(
            "peserta",
            "Peserta",
            _indicator(
                "konflik-antarpaslon",
                "Konflik antarpasangan calon",
                "Perselisihan atau saling serang antara pasangan calon dan pendukungnya.",
            ),
            _indicator(
                "dukungan-asn",
                "Dukungan ASN",
                "Tanda keterlibatan aparatur sipil negara atau perangkat desa untuk calon.",
            ),
            _indicator(
                "dukungan-partai",
                "Dukungan partai",
                "Perpecahan partai, dualisme pengurus, atau sengketa pencalonan.",
            ),
            _indicator(
                "politik-uang",
                "Politik uang dan sumber daya",
                "Pemberian uang atau barang, dan pemakaian fasilitas negara untuk calon.",
            ),
            _indicator(
                "politik-identitas",
                "Politik identitas",
                "Pemakaian suku, agama, ras, atau golongan untuk menyerang atau membela calon.",
            ),
        ),
        _dimension(
            "partisipasi-masyarakat",
            "Partisipasi masyarakat",
            _indicator(
                "partisipasi",
                "Partisipasi pemilih",
                "Ajakan tidak memilih atau penolakan pemungutan suara. "
                "Makin rendah partisipasi yang diperkirakan, makin tinggi nilainya.",
            ),
            _indicator(
                "pengaruh-paslon",
                "Pengaruh pasangan calon",
                "Basis pendukung fanatik atau tokoh yang dapat mengerahkan massa.",
            ),
        ),
        _dimension(
            "potensi-gangguan",
            "Potensi gangguan kamtibmas",
            _indicator(
                "riwayat-konflik",
                "Riwayat konflik",
                "Bentrok, perusakan, atau pemungutan suara ulang pada pemilihan sebelumnya.",
            ),
            _indicator(
                "geografi",
                "Geografi",
                "Wilayah sulit dijangkau, rawan bencana, atau jauh dari kantor polisi.",
            ),
            _indicator(
                "media",
                "Media",
                "Hoaks, ujaran kebencian, atau pemberitaan yang memanaskan keadaan.",
            ),
            _indicator(
                "karakter-masyarakat",
                "Karakter masyarakat",
                "Mudahnya warga terprovokasi, dan ketegangan antarkelompok yang sudah ada.",
            ),
        ),
        _dimension(
            "ambang-gangguan",
            "Ambang gangguan",
            _indicator(
                "potensi-kejahatan",
                "Potensi kejahatan",
                "Pencurian dengan kekerasan, geng motor, atau premanisme di wilayah ini.",
            ),
            _indicator(
                "administrasi-kependudukan",
                "Administrasi kependudukan",
                "Pemilih ganda, belum terdaftar, atau tanpa dokumen kependudukan.",
            ),
            _indicator(
                "gangguan-ketertiban",
                "Gangguan ketertiban",
                "Unjuk rasa, tawuran, atau keributan yang sudah terjadi belakangan ini.",
            ),
        ),
    ),
)

BAWASLU = ShippedFrame(
    code="bawaslu-ikp",
    name="IKP Bawaslu 2024: indeks kerawanan pemilu",
    scheme=Scheme.BAWASLU_INDEX,
    note=(
        "Empat dimensi, 12 subdimensi, dan ambang kabupaten/kota (13,47 dan 49,33) mengikuti IKP "
        "2024 Bawaslu sebagaimana diberitakan. Bobot (semua sama) dan skala 0 sampai 4 adalah "
        "setelan bawaan produk ini, bukan angka resmi: skornya tidak dapat disamakan dengan IKP "
        "resmi yang memakai 61 indikator, juga bila dipakai untuk kecamatan."
    ),
    medium_from=Decimal("13.47"),
    high_from=Decimal("49.33"),
    position=2,
    dimensions=(
        _dimension(
            "sospol",
            "Konteks sosial politik",
            _indicator(
                "keamanan",
                "Keamanan",
                "Kekerasan, intimidasi, atau bencana yang dapat mengganggu pemilihan.",
            ),
            _indicator(
                "otoritas-penyelenggara-pemilu",
                "Otoritas penyelenggara pemilu",
                "Keberpihakan, pelanggaran etik, atau pergantian penyelenggara pemilihan.",
            ),
            _indicator(
                "otoritas-penyelenggara-negara",
                "Otoritas penyelenggara negara",
                "Ketidaknetralan ASN, TNI, Polri, atau kepala daerah dan perangkat desa.",
            ),
        ),
        _dimension(
            "penyelenggaraan",
            "Penyelenggaraan pemilu",
            _indicator(
                "hak-memilih",
                "Hak memilih",
                "Pemilih belum terdaftar, terdaftar ganda, atau tidak memenuhi syarat.",
            ),
            _indicator(
                "pelaksanaan-kampanye",
                "Pelaksanaan kampanye",
                "Pelanggaran kampanye: di luar jadwal, fasilitas negara, hoaks, ujaran kebencian.",
            ),
            _indicator(
                "pelaksanaan-pemungutan-suara",
                "Pelaksanaan pemungutan suara",
                "Logistik terlambat atau rusak, kesalahan prosedur, pemungutan suara ulang.",
            ),
            _indicator(
                "ajudikasi-keberatan",
                "Ajudikasi dan keberatan",
                "Sengketa proses atau hasil, dan keberatan yang berlarut.",
            ),
            _indicator(
                "pengawasan",
                "Pengawasan pemilu",
                "Pengawas kurang, dihalangi, atau rekomendasinya tidak dijalankan.",
            ),
        ),
        _dimension(
            "kontestasi",
            "Kontestasi",
            _indicator(
                "hak-dipilih",
                "Hak dipilih",
                "Sengketa pencalonan, syarat calon yang dipersoalkan, dualisme partai.",
            ),
            _indicator(
                "kampanye-calon",
                "Kampanye calon",
                "Politik uang, isu suku dan agama, atau benturan antarpendukung.",
            ),
        ),
        _dimension(
            "partisipasi",
            "Partisipasi",
            _indicator(
                "partisipasi-pemilih",
                "Keikutsertaan pemilih",
                "Makin rendah partisipasi yang diperkirakan, makin tinggi nilainya.",
            ),
            _indicator(
                "partisipasi-kelompok",
                "Keikutsertaan kelompok masyarakat",
                "Sedikit pemantau dan kelompok warga, atau kegiatan mereka dihambat.",
            ),
        ),
    ),
)

SHIPPED = (POLICE, BAWASLU)
