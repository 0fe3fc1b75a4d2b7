"""Whatever is posted to any address, by somebody who may, nothing fails on our side."""

import itertools

from django.urls import reverse

from .rights import RIGHTS
from .test_bad_requests import allowed_role

KINDS = ["text/html", "application/json"]
HOSTILE = ["", "\x00", "-1", "9" * 40, "x" * 5000, "😀'\"<b>", "NaN", "12.19.99"]
FIELDS = [
    *("region", "level", "reason", "evidence", "departure", "seen", "assessment", "remark"),
    *("approve", "decision", "category", "severity", "description", "occurred_at", "latitude"),
    *("longitude", "accuracy_m", "station", "place", "people", "key", "photos", "state", "note"),
    *("referred_to", "duplicate_of", "follow_up", "case_number", "village", "number", "special"),
    *("in_use", "risk_class", "reasons", "unit", "starts_at", "ends_at", "stations", "kind"),
    *("asesmen", "usulan", "versi", "kerangka", "language", "text", "login", "password", "next"),
    *("name", "strength", "phone", "file", "frame", "digest", "confirm", "title", "quorum"),
    *("what", "when", "where", "links", "standing", "identity_name", "identity_contact", "token"),
    *("challenge", "solution", "code", "draft", "purpose", "explanation", "violation", "lead"),
    *("recipient", "grounds", "sure", "on", "attended", "of", "asked_by", "user", "why", "main"),
    *("passphrase", "repeat", "old", "understood", "holders", "threshold", "share_1", "share_2"),
    *("staff", "signed", "counted_on", "email", "units", "files", "report", "received_on"),
    *("passphrase", "repeat", "old", "understood", "holders", "threshold", "share_1", "share_2"),
    *("user", "why", "purpose", "explanation"),
]


def test_no_hostile_post_makes_a_page_fail(world):
    clients = world.clients()
    for client in clients.values():
        client.raise_request_exception = False  # an error of ours is a 500, as for a visitor
    failed = []
    for name, rows in RIGHTS.items():
        if not rows or name == "situation:healthz":
            continue
        row = rows[-1]
        kwargs = {key: world.keys.get(value, value) for key, value in row.kwargs.items()}
        kinds = KINDS if name.startswith("incidents:") else KINDS[:1]
        role = "police_approver" if "police_approver" in row.allowed else allowed_role(row)
        for value, kind in itertools.product(HOSTILE, kinds):
            sent = dict.fromkeys(FIELDS, value)
            answer = clients[role].post(
                reverse(name, kwargs=kwargs), sent, headers={"Accept": kind}
            )
            if answer.status_code >= 500:
                failed.append((answer.status_code, name, value[:20]))
    assert not failed, failed
