"""Working an incident: its states, its severity, notes upon it, duplicates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce

from .. import alerts
from ..models import (
    ALERTED,
    CONFIRMED,
    FLOW,
    Incident,
    IncidentSeverity,
    IncidentState,
    IncidentStep,
)
from ..warning.soon import soon
from .incidents import add_step

#: What must be written down on the way to a state; opening again asks for words as well.
MISSING: dict[str, Callable[[], str]] = {
    IncidentState.REJECTED: lambda: _("Tuliskan mengapa laporan ini tidak benar."),
    IncidentState.REFERRED: lambda: _("Tuliskan apa yang diminta dari penerima rujukan."),
    IncidentState.CLOSED: lambda: _("Tuliskan bagaimana insiden ini selesai."),
    IncidentState.REPORTED: lambda: _("Tuliskan mengapa dibuka kembali."),
}


class StaleIncident(ValidationError):
    """The incident came to another state since the form was opened; `step` brought it there."""

    def __init__(self, incident: Incident, step: IncidentStep | None) -> None:
        self.incident, self.step = incident, step
        super().__init__(_("Keadaan insiden ini berubah sejak halaman dibuka."), code="stale")


@action
def step_incident(
    *,
    by: Actor,
    incident: Incident,
    state: str,
    note: str = "",
    referred_to: str = "",
    seen: str = "",
) -> Incident:
    """Brings an incident to the next state, as FLOW allows. Duplicates: see `mark_duplicate`.

    `seen` is the state that the officer had before their eyes; when another is in force by now,
    StaleIncident is raised. Verifying is for others than the Polsek officer who reported.
    """
    verifies = state == IncidentState.VERIFIED
    require(by, "security.verify_incident" if verifies else "security.work_incident", incident)
    incident = _held(incident, seen)
    if state not in FLOW[incident.state] or state == IncidentState.DUPLICATE:
        raise ValidationError({"state": _("Langkah ini tidak mungkin dari keadaan sekarang.")})
    note, again = note.strip(), incident.state == IncidentState.CLOSED
    errors = {}
    if not note and (again or state in MISSING):
        errors["note"] = MISSING[IncidentState.REPORTED if again else state]()
    if state == IncidentState.REFERRED and not referred_to:
        errors["referred_to"] = _("Pilih kepada siapa insiden ini dirujuk.")
    if errors:
        raise ValidationError(errors)
    target = referred_to if state == IncidentState.REFERRED else ""
    return _move(by, incident, state, note, referred_to=target)


@action
def mark_duplicate(
    *, by: Actor, incident: Incident, of: Incident, note: str = "", seen: str = ""
) -> Incident:
    """Marks an incident as told already by another of its register; what was marked as a
    duplicate of it becomes one of the other."""
    require(by, "security.work_incident", incident)
    # Both are held in one order, so that two officers who mark crosswise wait for each other.
    held = Incident.objects.select_for_update(no_key=True, of=("self",)).select_related("region")
    rows = {row.pk: row for row in held.filter(pk__in=[incident.pk, of.pk]).order_by("pk")}
    incident, of = rows[incident.pk], rows[of.pk]
    _check_seen(incident, seen)
    if incident.pk == of.pk:
        raise ValidationError({"number": _("Insiden tidak dapat menjadi duplikat dirinya.")})
    if incident.register != of.register:
        raise ValidationError({"number": _("Kedua insiden harus di kabupaten yang sama.")})
    if IncidentState.DUPLICATE not in FLOW[incident.state]:
        raise ValidationError(
            _("Insiden yang sudah “%(state)s” tidak dapat ditandai duplikat.")
            % {"state": incident.get_state_display()}
        )
    if of.state in {IncidentState.DUPLICATE, IncidentState.REJECTED}:
        raise ValidationError(
            {
                "number": _("%(number)s sendiri “%(state)s”. Pilih insiden aslinya.")
                % {"number": of.number, "state": of.get_state_display()}
            }
        )
    Incident.objects.filter(duplicate_of=incident).update(duplicate_of=of)
    words = _("Duplikat dari %(number)s.") % {"number": of.number}
    return _move(
        by, incident, IncidentState.DUPLICATE, f"{words} {note.strip()}".strip(), duplicate_of=of
    )


@action
def correct_severity(*, by: Actor, incident: Incident, severity: str, note: str) -> Incident:
    """Corrects how grave an incident is, with the reason. Raised to grave, it alerts."""
    require(by, "security.work_incident", incident)
    incident = _held(incident)
    errors = {}
    if severity not in IncidentSeverity.values:
        errors["severity"] = _("Pilih keparahannya.")
    elif severity == incident.severity:
        errors["severity"] = _("Keparahannya sudah “%(severity)s”.") % {
            "severity": incident.get_severity_display()
        }
    if not note.strip():
        errors["note"] = _("Tuliskan mengapa keparahannya berubah.")
    if errors:
        raise ValidationError(errors)
    before, after = IncidentSeverity(incident.severity), IncidentSeverity(severity)
    incident.severity = after
    incident.full_clean()
    incident.save(update_fields=["severity"])
    words = _("Keparahan diubah dari %(before)s menjadi %(after)s.") % {
        "before": before.label.lower(),
        "after": after.label.lower(),
    }
    add_step(by, incident, f"{words} {note.strip()}")
    record(
        by=by,
        act="security.correct_severity",
        target=incident,
        region=incident.region_id,
        number=incident.number,
        severity=after.value,
        before=before.value,
    )
    announce("incidents", region=incident.region_id)
    soon(incident.region_id)
    if after in ALERTED and after.rank > before.rank:
        alerts.incident_grew(by=by, incident=incident)
    return incident


@action
def note_incident(*, by: Actor, incident: Incident, note: str) -> IncidentStep:
    """Adds a remark to an incident's history, which nobody changes any more."""
    require(by, "security.add_photo", incident)
    if not note.strip():
        raise ValidationError({"note": _("Tuliskan catatannya.")})
    step = add_step(by, _held(incident), note)
    record(
        by=by,
        act="security.note_incident",
        target=incident,
        region=incident.region_id,
        number=incident.number,
    )
    announce("incidents", region=incident.region_id)
    return step


def _move(by: Actor, incident: Incident, state: str, note: str, **fields: Any) -> Incident:
    before = incident.state
    incident.state = state
    incident.duplicate_of = fields.get("duplicate_of")
    if fields.get("referred_to"):
        incident.referred_to = fields["referred_to"]
    if state == IncidentState.REPORTED:
        incident.referred_to = ""
    if state not in CONFIRMED:
        incident.verified_at = None
    elif before not in CONFIRMED:
        incident.verified_at = timezone.now()
    incident.full_clean()
    incident.save(update_fields=["state", "referred_to", "duplicate_of", "verified_at"])
    add_step(by, incident, note, fields.get("referred_to", ""))
    record(
        by=by,
        act="security.step_incident",
        target=incident,
        region=incident.region_id,
        number=incident.number,
        state=str(state),
        before=str(before),
    )
    announce("incidents", region=incident.region_id)
    soon(incident.region_id)
    return incident


def _held(incident: Incident, seen: str = "") -> Incident:
    """The incident as it stands now, kept from other writers until the action commits."""
    rows = Incident.objects.select_for_update(no_key=True, of=("self",)).select_related("region")
    current = cast(Incident, rows.get(pk=incident.pk))
    _check_seen(current, seen)
    return current


def _check_seen(incident: Incident, seen: str) -> None:
    if seen and seen != incident.state:
        latest = incident.steps.filter(state=incident.state).order_by("-pk").first()
        raise StaleIncident(incident, latest)
