"""Legal kinds, from the annexes of the joint decree (SKB) of 2022.

Positions DS-10 to DS-16 are acts named in sources whose place in the decree's annex was not seen.
"""

from __future__ import annotations

from ..models import SanctionClass, ViolationClass
from .lines import ShippedViolation

CODE_OF_ETHICS = "PP 42/2004 Pasal 11 huruf c dan Pasal 15; SKB Netralitas ASN 2022, Lampiran I"
SEVERE_BASIS = "PP 94/2021 Pasal 14 huruf i; SKB Netralitas ASN 2022, Lampiran II"
ANNEX_TWO = "SKB Netralitas ASN 2022, Lampiran II"


def _ethics(number: int, label_id: str, label_en: str) -> ShippedViolation:
    moral = SanctionClass.MORAL
    return ShippedViolation(
        f"KE-{number:02d}", label_id, label_en, ViolationClass.ETHICS, moral, moral, CODE_OF_ETHICS
    )


def _discipline(
    number: int,
    label_id: str,
    label_en: str,
    least: str = SanctionClass.SEVERE,
    most: str = "",
    basis: str = SEVERE_BASIS,
) -> ShippedViolation:
    return ShippedViolation(
        f"DS-{number:02d}",
        label_id,
        label_en,
        ViolationClass.DISCIPLINE,
        least,
        most or least,
        basis,
    )


VIOLATIONS = (
    _ethics(
        1,
        "Memasang alat peraga untuk bakal calon",
        "Putting up campaign material for a would-be candidate",
    ),
    _ethics(
        2,
        "Sosialisasi atau kampanye bakal calon di media sosial",
        "Promoting a would-be candidate on social media",
    ),
    _ethics(
        3,
        "Menghadiri deklarasi atau kampanye bakal calon dengan dukungan aktif",
        "Attending a would-be candidate's declaration or campaign in active support",
    ),
    _ethics(
        4,
        "Mengunggah, mengomentari, membagikan, menyukai, atau mengikuti akun bakal calon",
        "Posting, commenting, sharing, liking or following an account of a would-be candidate's "
        "team",
    ),
    _ethics(
        5,
        "Menyebarkan foto bersama bakal calon, tim, atau atribut partai dengan tanda keberpihakan",
        "Publishing a photo with a would-be candidate, a team or party props, with a partisan sign",
    ),
    _ethics(
        6,
        "Ikut dalam kegiatan kampanye, promosi, atau pengenalan bakal calon",
        "Taking part in events that promote or introduce a would-be candidate",
    ),
    _ethics(
        7,
        "Mengikuti deklarasi atau kampanye sebagai pasangan suami atau istri bakal calon",
        "Attending a declaration or campaign as the spouse of a would-be candidate",
    ),
    _discipline(
        1, "Memasang alat peraga untuk calon", "Putting up campaign material for a candidate"
    ),
    _discipline(
        2,
        "Kampanye calon di media sosial",
        "Campaigning for a candidate on social media",
    ),
    _discipline(
        3,
        "Melakukan pendekatan ke partai atau masyarakat sebagai bakal calon",
        "Approaching a party or the public as a would-be candidate",
        SanctionClass.MODERATE,
        basis=f"PP 94/2021 Pasal 10; {ANNEX_TWO}",
    ),
    _discipline(
        4,
        "Menghadiri deklarasi atau kampanye pasangan calon dengan tindakan berpihak",
        "Attending a declaration or campaign of a pair of candidates with a partisan act",
    ),
    _discipline(
        5,
        "Menjadi anggota atau pengurus partai politik",
        "Being a member or an official of a political party",
        SanctionClass.DISMISSAL,
        basis=f"UU 5/2014 Pasal 87 ayat (4) huruf c; {ANNEX_TWO}",
    ),
    _discipline(
        6,
        "Mengunggah, mengomentari, membagikan, menyukai, atau mengikuti akun pemenangan calon",
        "Posting, commenting, sharing, liking or following an account of a candidate's team",
    ),
    _discipline(
        7,
        "Menyebarkan foto bersama calon, tim sukses, atau alat peraga",
        "Publishing photos with a candidate, a campaign team or campaign material",
    ),
    _discipline(
        8,
        "Mengadakan kegiatan yang mengarah pada keberpihakan",
        "Holding activities that show partiality",
    ),
    _discipline(
        9,
        "Menjadi tenaga ahli, tim pemenangan, atau konsultan partai atau calon",
        "Serving as expert, campaign team or consultant of a party or candidate",
        SanctionClass.MODERATE,
        SanctionClass.SEVERE,
        ANNEX_TWO,
    ),
    _discipline(
        10,
        "Memberikan surat dukungan atau salinan KTP",
        "Giving letters of support or copies of identity cards",
        basis="PP 94/2021 Pasal 5 huruf n angka 7",
    ),
    _discipline(
        11,
        "Membuat keputusan atau tindakan yang menguntungkan atau merugikan pasangan calon",
        "A decision or act that favours or harms a pair of candidates",
        basis="PP 94/2021 Pasal 5 huruf n angka 5",
    ),
    _discipline(
        12,
        "Menjadi peserta kampanye dengan atribut partai atau atribut ASN",
        "Taking part in a campaign with attributes of a party or of the service",
        SanctionClass.MODERATE,
        basis="PP 94/2021 Pasal 5 huruf n",
    ),
    _discipline(
        13,
        "Mengerahkan ASN lain dalam kampanye",
        "Mobilising other civil servants for a campaign",
        basis="PP 94/2021 Pasal 5 huruf n",
    ),
    _discipline(
        14,
        "Menggunakan fasilitas negara dalam kampanye",
        "Using state facilities in a campaign",
        basis="PP 94/2021 Pasal 5 huruf n",
    ),
    _discipline(
        15,
        "Mencalonkan diri tanpa mengundurkan diri atau tanpa cuti di luar tanggungan negara",
        "Running for office without resigning or without unpaid leave",
        SanctionClass.MODERATE,
        SanctionClass.DISMISSAL,
        ANNEX_TWO,
    ),
    _discipline(
        16,
        "Menjadi narasumber dalam acara partai politik",
        "Speaking at an event of a political party",
        SanctionClass.MODERATE,
        SanctionClass.SEVERE,
        ANNEX_TWO,
    ),
)
