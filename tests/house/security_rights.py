"""Rows of the table of rights for levels, assessments, proposals and early warnings."""

from .rows import ABSENT, KECAMATAN, Row

LEVELS: dict[str, list[Row]] = {
    "security:levels": [
        Row(),
        Row(query="?wilayah=12.19", elsewhere=ABSENT),
    ],
    "security:region": [
        Row(KECAMATAN, elsewhere=ABSENT),
        Row(
            KECAMATAN,
            method="post",
            allowed=frozenset({"police_operator", "police_approver"}),
            status=422,
            elsewhere=ABSENT,
        ),
        Row(
            {"code": "12.19.02"},
            method="post",
            allowed=frozenset({"police_approver"}),
            status=422,
            elsewhere=ABSENT,
        ),
    ],
}
