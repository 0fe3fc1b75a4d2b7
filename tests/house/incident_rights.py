"""Rows of the table of rights for incidents."""

from .rows import ABSENT, AT_REGENCY, EXAMINER, IN_KECAMATAN, PUBLIC, SIGNED_OUT, Row

POLICE = frozenset({"police_operator", "police_approver"})
LINKERS = POLICE | {"secretariat", "asn_examiner"}
INCIDENT = {"pk": "{incident}"}


def sends_nothing() -> list[Row]:
    """An address that takes a form of whoever works the incident; empty, it is refused."""
    return [Row(INCIDENT, method="post", allowed=POLICE, status=422, elsewhere=ABSENT)]


INCIDENTS: dict[str, list[Row]] = {
    "incidents:list": [Row(), Row(query="?keadaan=lain", status=422)],
    "incidents:excel": [Row(), Row(query="?keadaan=lain", status=422)],
    "incidents:geojson": [Row(), Row(query="?keadaan=lain", status=422)],
    "incidents:report": [
        Row(allowed=POLICE),
        Row(method="post", allowed=POLICE, status=422),
    ],
    "situation:worker": [PUBLIC],  # a browser looks for a newer one signed out, too
    "incidents:whereabouts": [Row(allowed=POLICE, status=422, anonymous=SIGNED_OUT)],
    "incidents:token": [Row(allowed=POLICE, anonymous=SIGNED_OUT)],
    "incidents:detail": [Row(INCIDENT, elsewhere=ABSENT)],
    "incidents:step": sends_nothing(),
    "incidents:severity": sends_nothing(),
    "incidents:note": sends_nothing(),
    "incidents:duplicate": [Row(INCIDENT, allowed=POLICE, elsewhere=ABSENT)],
    "incidents:add-photos": sends_nothing(),
    "incidents:photo": [Row({**INCIDENT, "photo": "{photo}"}, elsewhere=ABSENT)],
    "incidents:station": [Row(INCIDENT, allowed=LINKERS, elsewhere=ABSENT)],
    "incidents:follow-up": [Row(INCIDENT, allowed=LINKERS, elsewhere=ABSENT)],
    "incidents:case": [Row(INCIDENT, allowed=EXAMINER, elsewhere=ABSENT)],
    # The link is to a follow-up of the regency's meeting, which a Polsek does not open.
    "incidents:unlink": [
        Row(
            {**INCIDENT, "link": "{incident_link}"},
            allowed=LINKERS & AT_REGENCY,
            hidden=IN_KECAMATAN,
            elsewhere=ABSENT,
        )
    ],
}
