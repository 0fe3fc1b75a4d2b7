"""Rows of the table of rights for the neutrality of civil servants, and for who reports.

The examiner of the table is a member of the case, with an unlocked key and the case opened; what
members may not, and what others may, is in tests/asn_neutrality/test_attempts.py.
"""

from dataclasses import replace

from .rows import ABSENT, CASE_READERS, EXAMINER, KEEPERS, OK, PUBLIC, REDIRECTED, STAFF, Row

COUNTERS = CASE_READERS | {"viewer", "secretariat", "administrator"}
AUDITOR = frozenset({"auditor"})
CASE = {"pk": "{case}"}
REPORT = {**CASE, "report": "{report}"}
UNIT = {"pk": "{civil_unit}"}


def of_case(status, kwargs=CASE, **fields):
    """An address that takes a form of the case's examiners."""
    return Row(kwargs, method="post", allowed=EXAMINER, status=status, elsewhere=ABSENT, **fields)


DESK: dict[str, list[Row]] = {
    "asn_neutrality:register": [Row()],
    "asn_neutrality:open": [Row(allowed=EXAMINER)],
    "asn_neutrality:export": [Row(allowed=CASE_READERS)],
    "asn_neutrality:openings": [Row(allowed=AUDITOR)],
    "asn_neutrality:export_openings": [Row(allowed=AUDITOR)],
    "asn_neutrality:detail": [Row(CASE, allowed=CASE_READERS, elsewhere=ABSENT)],
    "asn_neutrality:enter": [of_case(422)],
    "asn_neutrality:identity": [
        Row(REPORT, allowed=EXAMINER, elsewhere=ABSENT),
        of_case(422, REPORT),
    ],
    "asn_neutrality:evidence": [
        Row({**CASE, "evidence": "{evidence}"}, allowed=EXAMINER, elsewhere=ABSENT)
    ],
    "asn_neutrality:message": [of_case(422, REPORT)],
    "asn_neutrality:write": [
        Row({**CASE, "kind": "note"}, allowed=EXAMINER, elsewhere=ABSENT),
        of_case(422, {**CASE, "kind": "note"}),
    ],
    "asn_neutrality:members": [Row(CASE, allowed=CASE_READERS, elsewhere=ABSENT)],
    "asn_neutrality:add_member": [of_case(422)],
    "asn_neutrality:recuse": [of_case(422)],
    "asn_neutrality:rotate_key": [of_case(REDIRECTED)],
    "asn_neutrality:remove_member": [of_case(422, {**CASE, "member": "{member}"})],
}
FLOW: dict[str, list[Row]] = {
    "asn_flow:move": [
        Row({**CASE, "state": "dismissed"}, allowed=EXAMINER, elsewhere=ABSENT),
        of_case(422, {**CASE, "state": "dismissed"}),
    ],
    "asn_flow:violation": [Row(CASE, allowed=EXAMINER, elsewhere=ABSENT), of_case(422)],
    "asn_flow:lead": [Row(CASE, allowed=EXAMINER, elsewhere=ABSENT)],
    "asn_flow:due": [Row(allowed=CASE_READERS)],
}
DOCUMENTS: dict[str, list[Row]] = {
    "asn_documents:merge": [Row(CASE, allowed=EXAMINER, elsewhere=ABSENT), of_case(422)],
    "asn_documents:document": [
        of_case(OK, {**CASE, "document": "study"}),
        of_case(422, {**CASE, "document": "recommendation"}),
    ],
}
KEYS: dict[str, list[Row]] = {
    "asn_keys:key": [Row(allowed=CASE_READERS)],
    "asn_keys:make": [Row(allowed=CASE_READERS)],
    "asn_keys:unlock": [Row(allowed=CASE_READERS)],
    "asn_keys:passphrase": [Row(allowed=CASE_READERS)],
    "asn_keys:lost": [Row(allowed=CASE_READERS)],
    "asn_keys:home_unit": [Row(allowed=CASE_READERS)],
    "asn_keys:share_again": [Row(allowed=EXAMINER)],
    "asn_keys:recovery": [Row(allowed=CASE_READERS)],
    "asn_keys:make_recovery": [Row(allowed=EXAMINER)],
    "asn_keys:shares": [Row(allowed=EXAMINER)],
    "asn_keys:prove_recovery": [Row(allowed=EXAMINER)],
    "asn_keys:share_recovery": [Row(method="post", allowed=EXAMINER, status=REDIRECTED)],
    "asn_keys:recover": [Row(allowed=EXAMINER)],
}
PLEDGES: dict[str, list[Row]] = {
    "asn_pledges:list": [Row()],
    "asn_pledges:import": [Row(allowed=KEEPERS)],
    "asn_pledges:template": [Row(allowed=KEEPERS)],
    "asn_pledges:export": [Row()],
    "asn_pledges:remind": [Row(allowed=KEEPERS)],
    "asn_pledges:add_unit": [Row(allowed=KEEPERS)],
    "asn_pledges:unit": [Row(UNIT, elsewhere=ABSENT)],
    "asn_pledges:edit_unit": [Row(UNIT, allowed=KEEPERS, elsewhere=ABSENT)],
    "asn_pledges:note": [Row(UNIT, allowed=KEEPERS, elsewhere=ABSENT)],
    "asn_pledges:evidence": [Row({"pk": "{pledge}"}, elsewhere=ABSENT)],
}
COUNTS: dict[str, list[Row]] = {
    "asn_counts:statistics": [Row(allowed=COUNTERS)],
    "asn_counts:export": [Row(allowed=COUNTERS)],
}
LEADS_ON = Row(status=REDIRECTED, anonymous=REDIRECTED, no_role=REDIRECTED)
LAPOR: dict[str, list[Row]] = {
    "lapor:report": [PUBLIC],
    "lapor:sent": [PUBLIC],
    "lapor:leave": [LEADS_ON],
    "lapor:language": [Row(method="post", status=400, anonymous=400, no_role=400)],
    "lapor:status": [PUBLIC],
    "lapor:message": [LEADS_ON, Row(method="post", status=422, anonymous=422, no_role=422)],
    "lapor:receipt": [LEADS_ON],
    "lapor:file": [replace(LEADS_ON, kwargs={"evidence": "{evidence}"})],
    "lapor:close": [replace(LEADS_ON, method="post")],
}
#: What closes a case or a key again comes after all that needs them open.
CLOSING: dict[str, list[Row]] = {
    "asn_neutrality:leave": [of_case(REDIRECTED)],
    "asn_keys:lock": [Row(method="post", allowed=CASE_READERS, status=REDIRECTED)],
}
ASN = {**DESK, **FLOW, **DOCUMENTS, **KEYS, **PLEDGES, **COUNTS, **LAPOR, **CLOSING}
# Which roles open a model's pages in the admin.
_OF_CASES = ("case", "casestep", "member", "opening", "recoverykey", "report", "termnotice")
_OF_ALL_STAFF = (
    *("civilunit", "extraholiday", "pledge", "pledgereminder"),
    *("sanction", "term", "violation"),
)
ASN_ADMIN: dict[str, set[str]] = {
    **{f"asn_neutrality.{name}": {"auditor"} for name in _OF_CASES},
    **{f"asn_neutrality.{name}": STAFF for name in _OF_ALL_STAFF},
}
#: What cases are worked by is the same in the whole country.
COUNTRYWIDE = {
    f"asn_neutrality.{name}" for name in ("extraholiday", "sanction", "term", "violation")
}
