"""Acts on incidents, in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from ..models import Category, IncidentSeverity, IncidentState

CATEGORIES = dict(Category.choices)
SEVERITIES = dict(IncidentSeverity.choices)
STATES = dict(IncidentState.choices)

reads(
    "security.report_incident",
    _("{actor} melaporkan insiden {number}: {category}, {severity}"),
    category=CATEGORIES,
    severity=SEVERITIES,
)
reads(
    "security.step_incident",
    _("{actor} mengubah keadaan insiden {number} dari {before} menjadi {state}"),
    before=STATES,
    state=STATES,
)
reads(
    "security.correct_severity",
    _("{actor} mengubah keparahan insiden {number} dari {before} menjadi {severity}"),
    before=SEVERITIES,
    severity=SEVERITIES,
)
reads("security.note_incident", _("{actor} menambah catatan pada insiden {number}"))
reads("security.add_photos", _("{actor} menambah {count} foto pada insiden {number}"))
reads("security.set_incident_station", _("{actor} mengaitkan insiden {number} dengan {station}"))
reads("security.link_incident", _("{actor} menambah kaitan pada insiden {number}"))
reads("security.unlink_incident", _("{actor} melepas kaitan insiden {number}"))
