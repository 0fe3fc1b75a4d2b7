"""Rows of the table of rights for levels, assessments, proposals and early warnings."""

from .rows import ABSENT, KECAMATAN, Row

POLICE = frozenset({"police_operator", "police_approver"})
POLRES = frozenset({"police_approver"})

LEVELS: dict[str, list[Row]] = {
    "security:levels": [
        Row(),
        Row(query="?wilayah=12.19", elsewhere=ABSENT),
    ],
    "security:find": [Row(query="?cari=tador")],
    "security:export-excel": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
    "security:export-geojson": [Row(), Row(query="?wilayah=12.19", elsewhere=ABSENT)],
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
    "security:assess": [
        Row(KECAMATAN, allowed=POLICE, elsewhere=ABSENT),
        Row(KECAMATAN, method="post", allowed=POLICE, status=422, elsewhere=ABSENT),
        Row(KECAMATAN, query="?kerangka=tidak-ada", allowed=POLICE, status=404, elsewhere=ABSENT),
        Row({"code": "12.19.02"}, allowed=POLRES, elsewhere=ABSENT),
        Row({"code": "12.19"}, allowed=POLRES, elsewhere=ABSENT),
    ],
    "security:assess-preview": [
        Row(KECAMATAN, method="post", allowed=POLICE, elsewhere=ABSENT),
        Row({"code": "12.19.02"}, method="post", allowed=POLRES, elsewhere=ABSENT),
    ],
    "security:assessment": [
        Row({**KECAMATAN, "pk": "{assessment}"}, elsewhere=ABSENT),
        Row({"code": "12.19.02", "pk": "{assessment}"}, status=404, elsewhere=ABSENT),
    ],
    "security:assessments": [Row()],
    "security:export-assessments": [Row()],
    "security:warnings": [
        Row(),
        Row(query="?wilayah=12.19", elsewhere=ABSENT),
    ],
    "security:proposals": [Row()],
    "security:proposal": [
        Row({"pk": "{proposal}"}, elsewhere=ABSENT),
        Row(
            {"pk": "{proposal}"},
            method="post",
            allowed=frozenset({"police_approver"}),
            status=422,
            elsewhere=ABSENT,
        ),
    ],
    "security:withdraw-proposal": [  # its author alone: tests/security/test_proposals.py
        Row({"pk": "{proposal}"}, method="post", allowed=frozenset(), elsewhere=ABSENT)
    ],
    "security:reviews": [Row()],
}
