"""What belongs to an incident: a polling station, follow-ups of meetings, neutrality cases."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import Actor, System, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.meetings.models import FollowUp
from forkopimda.people.models import User

from ..models import Incident, IncidentLink
from .incidents import same_kecamatan


@action
def set_station(*, by: Actor, incident: Incident, station: PollingStation | None) -> Incident:
    """Says at which polling station of its kecamatan the incident was; None: at none."""
    require(by, "security.link_incident", incident)
    incident = cast(Incident, Incident.objects.select_for_update(no_key=True).get(pk=incident.pk))
    if station is not None and not same_kecamatan([station.village_id, incident.region_id]):
        raise ValidationError({"station": _("Pilih TPS di kecamatan insiden ini.")})
    incident.station = station
    incident.full_clean()
    incident.save(update_fields=["station"])
    record(
        by=by,
        act="security.set_incident_station",
        target=incident,
        region=incident.region_id,
        number=incident.number,
        station=str(station) if station else "–",
    )
    announce("incidents", region=incident.region_id)
    return incident


@action
def link_follow_up(*, by: Actor, incident: Incident, follow_up: FollowUp) -> IncidentLink:
    """Ties an incident to a follow-up of a meeting that the actor may open."""
    require(by, "security.link_incident", incident)
    if not isinstance(by, System) and not (
        FollowUp.objects.visible_to(by).filter(pk=follow_up.pk).exists()
    ):
        raise PermissionDenied("meetings.view_part")
    return _link(by, IncidentLink(incident=incident, follow_up=follow_up))


@action
def link_case(*, by: Actor, incident: Incident, number: str) -> IncidentLink:
    """Ties an incident to a neutrality case by its number, which examiners and auditors alone see.

    Whether there is such a case is not looked up.
    """
    require(by, "security.link_case", incident)
    if not number.strip():
        raise ValidationError({"number": _("Tulis nomor perkaranya.")})
    return _link(by, IncidentLink(incident=incident, case_number=number.strip()))


@action
def remove_link(*, by: Actor, link: IncidentLink) -> None:
    """Unties an incident from what it was linked to; the audit trail keeps that it was."""
    case = bool(link.case_number)
    require(by, "security.link_case" if case else "security.link_incident", link.incident)
    _record(by, "removed", link)
    announce("incidents", region=link.incident.region_id)
    link.delete()


def _link(by: Actor, link: IncidentLink) -> IncidentLink:
    link.by_name = str(by if isinstance(by, User) else by.get_username())
    link.full_clean()
    link.save()
    _record(by, "added", link)
    announce("incidents", region=link.incident.region_id)
    return link


def _record(by: Actor, how: str, link: IncidentLink) -> None:
    """Leaves the record. That there is a case at all is for auditors; its number for no trail."""
    closed = {"closed": True} if link.case_number else {}
    data = {"number": link.incident.number, **closed}
    region = link.incident.region_id
    if how == "added":
        record(by=by, act="security.link_incident", target=link, region=region, **data)
    else:
        record(by=by, act="security.unlink_incident", target=link, region=region, **data)
