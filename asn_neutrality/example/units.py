"""Example data: units of the regency's government by the kinds of offices that every regency has.
How many serve and how many signed are examples, and each name says so."""

from __future__ import annotations

# code, name, staff, signed (None: nothing noted yet)
UNITS: tuple[tuple[str, str, int, int | None], ...] = (
    ("setda", "Sekretariat Daerah", 150, 150),
    ("setwan", "Sekretariat DPRD", 45, 44),
    ("inspektorat", "Inspektorat", 48, 48),
    ("bkpsdm", "Badan Kepegawaian dan Pengembangan SDM", 52, 52),
    ("bappeda", "Badan Perencanaan Pembangunan Daerah", 47, 40),
    ("bkad", "Badan Keuangan dan Aset Daerah", 70, 63),
    ("kesbangpol", "Badan Kesatuan Bangsa dan Politik", 30, 30),
    ("bpbd", "Badan Penanggulangan Bencana Daerah", 38, 21),
    ("satpol-pp", "Satuan Polisi Pamong Praja", 90, 86),
    ("dinas-pendidikan", "Dinas Pendidikan", 2400, 1650),
    ("dinas-kesehatan", "Dinas Kesehatan", 900, 812),
    ("dinas-pupr", "Dinas Pekerjaan Umum dan Penataan Ruang", 85, 60),
    ("dinas-perhubungan", "Dinas Perhubungan", 64, 64),
    ("dinas-kominfo", "Dinas Komunikasi dan Informatika", 42, 39),
    ("dinas-dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", 40, 12),
    ("dinas-pmd", "Dinas Pemberdayaan Masyarakat dan Desa", 36, None),
    ("dinas-pariwisata", "Dinas Pemuda, Olahraga, dan Pariwisata", 35, 28),
    ("kec-sei-suka", "Kantor Kecamatan Sei Suka", 26, 26),
    ("kec-laut-tador", "Kantor Kecamatan Laut Tador", 24, 9),
)
