"""Every address of the product, and who gets what there.

A row gives, per kind of visitor, the status of a GET (or of an empty POST where the address takes
nothing else). A new address without a row fails the house; see test_rights.py.
"""

from __future__ import annotations

from .asn_rights import ASN, ASN_ADMIN, COUNTERS
from .guard_rights import GUARDS, STATIONS
from .incident_rights import INCIDENTS
from .map_rights import MAP
from .meeting_rights import MEETINGS
from .rows import (
    ABSENT,
    OK,
    OWN,
    PUBLIC,
    ROLES,
    SIGNED_OUT,
    STAFF,
    TO_LOGIN,
    Row,
)
from .security_rights import LEVELS

# {meeting}, {case} and {delivery} are keys of rows in Batu Bara; the delivery is somebody else's.
RIGHTS: dict[str, list[Row]] = {
    "situation:dashboard": [
        Row(no_role=OK),
        Row(query="?wilayah=12.19", elsewhere=ABSENT, no_role=OK),
    ],
    "situation:panel": [
        Row({"key": "levels"}, anonymous=SIGNED_OUT, no_role=ABSENT),
        Row(
            {"key": "levels"},
            query="?wilayah=12.19",
            elsewhere=ABSENT,
            anonymous=SIGNED_OUT,
            no_role=ABSENT,
        ),
        Row(
            {"key": "cases"},
            allowed=COUNTERS,
            denied=ABSENT,
            anonymous=SIGNED_OUT,
            no_role=ABSENT,
        ),
    ],
    "situation:stream": [],  # on a real server: tests/situation/test_stream.py
    "situation:healthz": [
        Row(status=503, anonymous=503, no_role=503),
    ],
    **LEVELS,
    **INCIDENTS,
    **STATIONS,
    **GUARDS,
    **MAP,
    **ASN,
    **MEETINGS,
    "elections:list": [Row()],
    "elections:add": [Row(allowed=frozenset({"election_officer", "administrator"}))],
    "elections:edit": [
        Row(
            {"pk": "{election}"},
            allowed=frozenset({"election_officer", "administrator"}),
            elsewhere=ABSENT,
        )
    ],
    "alerts:inbox": [Row()],
    "alerts:badge": [Row()],
    "alerts:acknowledge": [
        Row({"pk": "{delivery}"}, method="post", allowed=frozenset(), denied=ABSENT)
    ],
    "regions:outlines": [Row({"code": "12.19"}, elsewhere=ABSENT)],
    "regions:outlines-country": [Row(allowed=frozenset(ROLES))],
    "people:account": [OWN],
    "people:language": [Row(method="post", status=400, anonymous=400, no_role=400)],
    "account_login": [Row(status=TO_LOGIN, anonymous=OK, no_role=TO_LOGIN)],
    "account_logout": [OWN],
    "account_change_password": [OWN],
    "account_reset_password": [PUBLIC],
    "account_reset_password_done": [PUBLIC],
    "account_reset_password_from_key": [
        Row({"uidb36": "1", "key": "x-y"}, anonymous=OK, no_role=OK)
    ],
    "account_reset_password_from_key_done": [PUBLIC],
    "account_inactive": [PUBLIC],
}

# Which roles open a model's pages in the admin. Who is not staff never gets in.
ADMIN: dict[str, set[str]] = {
    "alerts.alert": STAFF,
    "alerts.delivery": STAFF,
    **ASN_ADMIN,
    "audit.auditevent": STAFF,
    "elections.election": STAFF,
    "elections.pollingstation": STAFF,
    "meetings.agendaitem": STAFF,
    "meetings.attendance": STAFF,
    "meetings.decision": STAFF,
    "meetings.followup": STAFF,
    "meetings.followupnote": STAFF,
    "meetings.letter": {"auditor"},
    "meetings.attachment": STAFF,
    "meetings.document": STAFF,
    "meetings.letterhead": STAFF,
    "meetings.minutesversion": STAFF,
    "meetings.meeting": STAFF,
    "meetings.reminder": STAFF,
    "people.institution": STAFF,
    "people.official": STAFF,
    "people.rolegrant": STAFF,
    "people.tenure": STAFF,
    "people.user": STAFF,
    "regions.boundary": STAFF,
    "regions.region": STAFF,
    "security.earlywarning": STAFF,
    "security.proposal": STAFF,
    "security.reviewreminder": STAFF,
    "security.assessment": STAFF,
    "security.frame": STAFF,
    "security.policy": STAFF,
    "security.incident": STAFF,
    "security.incidentlink": STAFF,
    "security.incidentphoto": STAFF,
    "security.incidentstep": STAFF,
    "security.posting": STAFF,
    "security.postingstation": STAFF,
    "security.riskrating": STAFF,
    "security.stationcount": STAFF,
    "security.stationrating": STAFF,
    "security.unit": STAFF,
}
