"""A row of the table of rights, and who its words mean."""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = [
    "viewer",
    "police_operator",
    "police_approver",
    "secretariat",
    "asn_examiner",
    "election_officer",
    "auditor",
    "administrator",
]
STAFF = {"auditor", "administrator"}

OK, TO_LOGIN, SIGNED_OUT, DENIED, ABSENT = 200, 302, 401, 403, 404
REDIRECTED = 302


@dataclass(frozen=True)
class Row:
    """What visitors get. `allowed` roles get `status`, other roles `denied`; for `hidden` ones
    it is not there.

    `elsewhere` is what every role gets that is held in the neighbouring regency; None where the
    address is about the reader alone and the region makes no difference. `anonymous` is for who
    is signed out, `no_role` for an account without any role.
    """

    kwargs: dict[str, str] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset(ROLES)
    status: int = OK
    denied: int = DENIED
    elsewhere: int | None = None
    anonymous: int = TO_LOGIN
    no_role: int = DENIED
    hidden: frozenset[str] = frozenset()
    method: str = "get"
    query: str = ""


PUBLIC = Row(anonymous=OK, no_role=OK)
OWN = Row(no_role=OK)
IN_REGENCY = Row(elsewhere=ABSENT)
IN_KECAMATAN = frozenset({"police_operator"})
AT_REGENCY = frozenset(ROLES) - IN_KECAMATAN
CASE_READERS = frozenset({"asn_examiner", "auditor"})
EXAMINER = frozenset({"asn_examiner"})
SECRETARIAT = frozenset({"secretariat"})
KEEPERS = frozenset({"secretariat", "administrator"})
KECAMATAN = {"code": "12.19.08"}
