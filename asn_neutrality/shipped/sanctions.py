"""Sanctions: moral by PP 42/2004, disciplinary by PP 94/2021."""

from __future__ import annotations

from ..models import SanctionClass
from .lines import ShippedSanction

_ETHICS_BASIS = "PP 42/2004 Pasal 15"
_DISCIPLINE_BASIS = "PP 94/2021 Pasal 8"
SANCTIONS = (
    ShippedSanction(
        "M1",
        "Pernyataan tertutup",
        "Closed statement",
        SanctionClass.MORAL,
        _ETHICS_BASIS,
    ),
    ShippedSanction(
        "M2", "Pernyataan terbuka", "Open statement", SanctionClass.MORAL, _ETHICS_BASIS
    ),
    ShippedSanction(
        "R1", "Teguran lisan", "Oral reprimand", SanctionClass.LIGHT, _DISCIPLINE_BASIS
    ),
    ShippedSanction(
        "R2", "Teguran tertulis", "Written reprimand", SanctionClass.LIGHT, _DISCIPLINE_BASIS
    ),
    ShippedSanction(
        "R3",
        "Pernyataan tidak puas secara tertulis",
        "Written statement of dissatisfaction",
        SanctionClass.LIGHT,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "S1",
        "Pemotongan tunjangan kinerja 25% selama 6 bulan",
        "Performance allowance cut by 25% for 6 months",
        SanctionClass.MODERATE,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "S2",
        "Pemotongan tunjangan kinerja 25% selama 9 bulan",
        "Performance allowance cut by 25% for 9 months",
        SanctionClass.MODERATE,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "S3",
        "Pemotongan tunjangan kinerja 25% selama 12 bulan",
        "Performance allowance cut by 25% for 12 months",
        SanctionClass.MODERATE,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "B1",
        "Penurunan jabatan setingkat lebih rendah selama 12 bulan",
        "Demotion by one level for 12 months",
        SanctionClass.SEVERE,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "B2",
        "Pembebasan dari jabatan menjadi pelaksana selama 12 bulan",
        "Release from position to executor for 12 months",
        SanctionClass.SEVERE,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "B3",
        "Pemberhentian dengan hormat tidak atas permintaan sendiri",
        "Honourable discharge not at own request",
        SanctionClass.SEVERE,
        _DISCIPLINE_BASIS,
    ),
    ShippedSanction(
        "PTDH",
        "Pemberhentian tidak dengan hormat",
        "Dishonourable discharge",
        SanctionClass.DISMISSAL,
        "UU 5/2014 Pasal 87 ayat (4)",
    ),
)
