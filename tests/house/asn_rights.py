"""Rows of the table of rights for the neutrality of civil servants, and for who reports.

The examiner of the table is a member of the case, with an unlocked key and the case opened; what
members may not, and what others may, is in tests/asn_neutrality/test_attempts.py.
"""

from .rows import ABSENT, CASE_READERS, EXAMINER, KEEPERS, PUBLIC, REDIRECTED, Row

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
    "asn_neutrality:detail": [Row(CASE, allowed=CASE_READERS, elsewhere=ABSENT)],
    "asn_neutrality:enter": [of_case(422)],
    "asn_neutrality:leave": [of_case(REDIRECTED)],
    "asn_neutrality:identity": [of_case(422, REPORT)],
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
    "asn_flow:violation": [of_case(422)],
    "asn_flow:lead": [of_case(422)],
    "asn_flow:due": [Row(allowed=CASE_READERS)],
}
DOCUMENTS: dict[str, list[Row]] = {
    "asn_documents:merge": [Row(CASE, allowed=EXAMINER, elsewhere=ABSENT), of_case(422)],
    "asn_documents:document": [
        Row({**CASE, "document": "tanda-terima"}, allowed=EXAMINER, elsewhere=ABSENT)
    ],
}
KEYS: dict[str, list[Row]] = {
    "asn_keys:key": [Row(allowed=CASE_READERS)],
    "asn_keys:make": [Row(allowed=CASE_READERS)],
    "asn_keys:unlock": [Row(allowed=CASE_READERS)],
    "asn_keys:lock": [Row(method="post", allowed=CASE_READERS, status=REDIRECTED)],
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
LAPOR: dict[str, list[Row]] = {
    "lapor:report": [PUBLIC],
    "lapor:sent": [Row(status=REDIRECTED, anonymous=REDIRECTED, no_role=REDIRECTED)],
    "lapor:leave": [Row(status=REDIRECTED, anonymous=REDIRECTED, no_role=REDIRECTED)],
    "lapor:status": [PUBLIC],
    "lapor:message": [
        Row(method="post", status=REDIRECTED, anonymous=REDIRECTED, no_role=REDIRECTED)
    ],
    "lapor:receipt": [Row(status=REDIRECTED, anonymous=REDIRECTED, no_role=REDIRECTED)],
    "lapor:close": [
        Row(method="post", status=REDIRECTED, anonymous=REDIRECTED, no_role=REDIRECTED)
    ],
}
ASN = {**DESK, **FLOW, **DOCUMENTS, **KEYS, **PLEDGES, **COUNTS, **LAPOR}
# Which roles open a model's pages in the admin.
ASN_ADMIN: dict[str, set[str]] = {
    "asn_neutrality.case": {"auditor"},
    "asn_neutrality.casestep": {"auditor"},
}
