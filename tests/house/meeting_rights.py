"""Every address of meetings, and who gets what there; part of the table in rights.py."""

from __future__ import annotations

from .rows import (
    ABSENT,
    AT_REGENCY,
    IN_KECAMATAN,
    KEEPERS,
    OK,
    REDIRECTED,
    SECRETARIAT,
    Row,
)

MEETINGS: dict[str, list[Row]] = {
    "meetings:list": [Row(), Row(query="?tahap=lain", status=422)],
    "meetings:calendar": [Row(), Row(query="?bulan=2024-13", status=422)],
    "meetings:plan": [Row(allowed=SECRETARIAT)],
    "meetings:detail": [
        Row({"pk": "{meeting}"}, allowed=AT_REGENCY, denied=ABSENT, elsewhere=ABSENT)
    ],
    "meetings:check-in": [
        Row({"key": "{checkin}"}, anonymous=OK, no_role=OK),
        Row({"key": "salah"}, status=ABSENT, anonymous=ABSENT, no_role=ABSENT),
    ],
    "meetings:attendance": [Row({"pk": "{running}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:attend": [
        Row(
            {"pk": "{running}", "row": "{invitee}"},
            method="post",
            allowed=SECRETARIAT,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:quorum": [
        Row({"pk": "{running}"}, allowed=AT_REGENCY, denied=ABSENT, elsewhere=ABSENT)
    ],
    "meetings:qr": [Row({"pk": "{running}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:renew-qr": [
        Row(
            {"pk": "{running}"},
            method="post",
            allowed=SECRETARIAT,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
    "meetings:minutes": [Row({"pk": "{running}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:minutes-now": [Row({"pk": "{running}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:save-minutes": [
        Row(
            {"pk": "{running}", "item": "{item}"},
            method="post",
            allowed=SECRETARIAT,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
    "meetings:decide": [Row({"pk": "{running}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:edit-decision": [
        Row({"pk": "{running}", "number": "1"}, allowed=SECRETARIAT, elsewhere=ABSENT)
    ],
    "meetings:add-follow-up": [Row({"pk": "{running}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:carry": [
        Row(
            {"pk": "{running}"},
            method="post",
            allowed=SECRETARIAT,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
    "meetings:board": [Row(), Row(query="?keadaan=lain", status=422)],
    "meetings:export": [Row(), Row(query="?keadaan=lain", status=422)],
    "meetings:follow-up": [
        Row({"pk": "{followup}"}, allowed=AT_REGENCY, denied=ABSENT, elsewhere=ABSENT)
    ],
    "meetings:edit-follow-up": [Row({"pk": "{followup}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:step": [
        Row(
            {"pk": "{followup}"},
            method="post",
            allowed=SECRETARIAT,
            hidden=IN_KECAMATAN,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:comment": [
        Row(
            {"pk": "{followup}"},
            method="post",
            allowed=AT_REGENCY,
            denied=ABSENT,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:edit": [Row({"pk": "{meeting}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:arrange": [Row({"pk": "{meeting}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:add-item": [
        Row(
            {"pk": "{running}"},
            method="post",
            allowed=SECRETARIAT,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:edit-item": [
        Row({"pk": "{running}", "item_pk": "{item}"}, allowed=SECRETARIAT, elsewhere=ABSENT)
    ],
    "meetings:move-item": [
        Row(
            {"pk": "{running}", "item_pk": "{item}"},
            method="post",
            allowed=SECRETARIAT,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
    "meetings:remove-item": [
        Row({"pk": "{running}", "item_pk": "{item}"}, allowed=SECRETARIAT, elsewhere=ABSENT)
    ],
    "meetings:invite-institution": [
        Row(
            {"pk": "{running}"},
            method="post",
            allowed=SECRETARIAT,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:invite-person": [
        Row(
            {"pk": "{running}"},
            method="post",
            allowed=SECRETARIAT,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:invite-standing": [
        Row(
            {"pk": "{running}"},
            method="post",
            allowed=SECRETARIAT,
            status=REDIRECTED,
            elsewhere=ABSENT,
        )
    ],
    "meetings:remove-invitee": [
        Row(
            {"pk": "{running}", "attendance_pk": "{invitee}"},
            allowed=SECRETARIAT,
            elsewhere=ABSENT,
        )
    ],
    "meetings:resend": [
        Row(
            {"pk": "{running}", "letter_pk": "{letter}"},
            method="post",
            allowed=SECRETARIAT,
            status=422,
            elsewhere=ABSENT,
        )
    ],
    "meetings:send": [Row({"pk": "{meeting}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:cancel": [Row({"pk": "{meeting}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    # Nobody here belongs to an invited institution, and no link or key is a true one.
    "meetings:answer": [
        Row({"pk": "{running}"}, allowed=frozenset(), denied=ABSENT, elsewhere=ABSENT)
    ],
    "meetings:invitation": [Row({"token": "1.x"}, status=ABSENT, anonymous=ABSENT, no_role=ABSENT)],
    "meetings:feed": [Row({"key": "x"}, status=ABSENT, anonymous=ABSENT, no_role=ABSENT)],
    "meetings:my-feed": [Row()],
    "meetings:letterheads": [Row(allowed=KEEPERS)],
    "meetings:letterhead": [Row({"pk": "{institution}"}, allowed=KEEPERS, elsewhere=ABSENT)],
    "meetings:issue": [
        Row({"pk": "{published}", "kind": "undangan"}, allowed=SECRETARIAT, elsewhere=ABSENT)
    ],
    "meetings:preview": [
        Row({"pk": "{published}", "kind": "notulen"}, allowed=SECRETARIAT, elsewhere=ABSENT)
    ],
    "meetings:document": [
        Row({"pk": "{document}"}, allowed=AT_REGENCY, denied=ABSENT, elsewhere=ABSENT)
    ],
    "meetings:approve": [Row({"pk": "{published}"}, allowed=frozenset(), elsewhere=ABSENT)],
    "meetings:correct": [Row({"pk": "{published}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:version": [
        Row(
            {"pk": "{published}", "version": "1"},
            allowed=AT_REGENCY,
            denied=ABSENT,
            elsewhere=ABSENT,
        )
    ],
    "meetings:attach": [Row({"pk": "{published}"}, allowed=SECRETARIAT, elsewhere=ABSENT)],
    "meetings:attach-follow-up": [
        Row({"pk": "{followup}"}, allowed=SECRETARIAT, hidden=IN_KECAMATAN, elsewhere=ABSENT)
    ],
    "meetings:attachment": [
        Row({"pk": "{attachment}"}, allowed=AT_REGENCY, denied=ABSENT, elsewhere=ABSENT)
    ],
    "meetings:remove-attachment": [
        Row({"pk": "{attachment}"}, allowed=SECRETARIAT, hidden=IN_KECAMATAN, elsewhere=ABSENT)
    ],
    "verify_document": [
        Row({"key": "{verified}"}, anonymous=OK, no_role=OK),
        Row({"key": "tidak-ada"}, status=ABSENT, anonymous=ABSENT, no_role=ABSENT),
    ],
}
