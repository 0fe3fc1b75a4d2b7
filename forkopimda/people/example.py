"""Example data: the institutions and officials of the meeting of 21 November 2024, and demo
accounts that are named by role. The officials are public facts; the accounts are nobody's."""

from __future__ import annotations

from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region

from . import actions
from .models import Institution, Membership, Official, Role, Tenure, User

REGENCY = "12.19"

# code, name, title of its head, place in the forum, rank and name of the head, acting
INSTITUTIONS = [
    ("pemkab", "Pemerintah Kabupaten Batu Bara", "Bupati", "chair", "", "Heri Wahyudi", True),
    ("polres", "Polres Batu Bara", "Kapolres", "member", "AKBP", "Taufiq Hidayat Thayeb", False),
    ("dprd", "DPRD Kabupaten Batu Bara", "Ketua DPRD", "member", "", "M. Safii", False),
    ("kodim", "Kodim 0208/Asahan", "Dandim", "member", "Letkol Inf.", "Bassarewan", False),
    ("kejari", "Kejaksaan Negeri Batu Bara", "Kajari", "member", "", "Diky Oktavia", False),
    ("pn", "Pengadilan Negeri Kisaran", "Ketua PN", "invited", "", "Halida Rahardhini", False),
    (
        "lanal",
        "Lanal Tanjung Balai Asahan",
        "Danlanal",
        "invited",
        "Letkol Laut (P)",
        "Wido Dwi Nugraha",
        False,
    ),
]
GUESTS = [
    ("kesbangpol", "Badan Kesbangpol Batu Bara", "Kepala Badan"),
    ("kpu", "KPU Kabupaten Batu Bara", "Ketua KPU"),
    ("bawaslu", "Bawaslu Kabupaten Batu Bara", "Ketua Bawaslu"),
]

# The national emergency number of the police; other numbers are not public facts.
PHONES = {"polres": "110"}

# user name, name shown, institution, role, region
ACCOUNTS = [
    ("bupati", "Pj. Bupati", "pemkab", Role.VIEWER, REGENCY),
    ("kapolres", "Kapolres", "polres", Role.VIEWER, REGENCY),
    ("ketua-dprd", "Ketua DPRD", "dprd", Role.VIEWER, REGENCY),
    ("dandim", "Dandim", "kodim", Role.VIEWER, REGENCY),
    ("kajari", "Kajari", "kejari", Role.VIEWER, REGENCY),
    ("ketua-pn", "Ketua PN", "pn", Role.VIEWER, REGENCY),
    ("danlanal", "Danlanal", "lanal", Role.VIEWER, REGENCY),
    ("polres", "Bagian Operasi Polres", "polres", Role.POLICE_APPROVER, REGENCY),
    ("polsek-laut-tador", "Polsek, Laut Tador", "polres", Role.POLICE_OPERATOR, "12.19.08"),
    ("kesbangpol", "Sekretariat Kesbangpol", "kesbangpol", Role.SECRETARIAT, REGENCY),
    ("pemeriksa-asn", "Pemeriksa netralitas ASN", "bawaslu", Role.ASN_EXAMINER, REGENCY),
    ("pemeriksa-asn-2", "Pemeriksa dari Inspektorat", None, Role.ASN_EXAMINER, REGENCY),
    ("kpu", "Petugas pemilihan KPU", "kpu", Role.ELECTION_OFFICER, REGENCY),
    ("auditor", "Auditor", None, Role.AUDITOR, REGENCY),
    ("admin", "Administrator", None, Role.ADMINISTRATOR, REGENCY),
]


def load(*, password: str | None) -> None:
    """Adds what is missing; what is there stays as it is. Without a password the accounts exist
    but nobody can sign in to them."""
    region = Region.objects.get(pk=REGENCY)
    _institutions(region)
    held = {institution.code: institution for institution in region.institutions.all()}
    for username, shown, institution, role, code in ACCOUNTS:
        if not User.objects.filter(username=username).exists():
            actions.create_user(
                by=SYSTEM,
                username=username,
                display_name=shown,
                email=f"{username}@batubara.example",
                password=password,
                institution=held.get(institution) if institution else None,
                roles=[(role, Region.objects.get(pk=code))],
            )


def _institutions(region: Region) -> None:
    known = set(region.institutions.values_list("code", flat=True))
    for position, (code, name, title, membership, rank, head, acting) in enumerate(INSTITUTIONS):
        if code in known:
            continue
        institution = _institution(region, code, name, title, membership, position)
        official = Official.objects.filter(name=head).first() or actions.save_official(
            by=SYSTEM, name=head, rank=rank
        )
        if not Tenure.objects.filter(institution=institution).exists():
            shown = f"Pj. {title}" if acting else title
            actions.save_tenure(
                by=SYSTEM, official=official, institution=institution, title=shown, acting=acting
            )
    for position, (code, name, title) in enumerate(GUESTS, start=len(INSTITUTIONS)):
        if code not in known:
            _institution(region, code, name, title, Membership.INVITED, position)


def _institution(
    region: Region, code: str, name: str, title: str, membership: str, position: int
) -> Institution:
    return actions.save_institution(
        by=SYSTEM,
        region=region,
        code=code,
        name=name,
        head_title=title,
        membership=membership,
        always_invited=position < len(INSTITUTIONS),
        phone=PHONES.get(code, ""),
        position=position,
    )
