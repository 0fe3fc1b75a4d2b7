"""Example data: the examiners' keys, and reports in several states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from forkopimda.people.models import User
from forkopimda.regions.models import Region

from .. import actions
from ..actions.intake import Incoming, Received
from ..actions.keys import own_key, unlock
from ..actions.writing import today_in
from ..entries import OpenCase, OpenReport, open_case, open_report
from ..models import CivilUnit, HomeUnit, Report, Sanction, Standing, Violation
from ..reporter import REPORTER
from ..sealing.codes import fingerprint, open_code
from .told import CONVERSATION, REPORTS, Classified, DaysAgo, Details, Said, Step, Told, Written

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMINER, COLLEAGUE = "pemeriksa-asn", "pemeriksa-asn-2"
#: Where the colleague serves: what is reported of this unit is closed to them.
HOME = "inspektorat"
#: Beyond the last entry of any example case.
ALL = 1000


@dataclass(frozen=True)
class Desk:
    """The examiner who works the example's cases, with their private key."""

    user: User
    private: bytes


def load(region: Region, passphrase: str) -> str:
    """Adds the keys and reports that are missing; the tracking code of the example conversation
    if it was made now, else empty. Where the examiner has another passphrase by now, no report
    is added."""
    units = {unit.code: unit for unit in CivilUnit.objects.filter(region=region)}
    desk = _desk(passphrase)
    _colleague(passphrase, units[HOME])
    code = ""
    if desk is None:
        return code
    for told in REPORTS:
        if not Report.objects.filter(submission=fingerprint(told.token)).exists():
            received = _receive(region, told, units, desk)
            code = received.code if told.token == CONVERSATION else code
    return code


def _desk(passphrase: str) -> Desk | None:
    user = User.objects.get(username=EXAMINER)
    if own_key(user) is None:
        actions.make_key(by=user, passphrase=passphrase)
    try:
        return Desk(user, unlock(user, passphrase))
    except ValidationError:
        return None


def _colleague(passphrase: str, unit: CivilUnit) -> None:
    user = User.objects.get(username=COLLEAGUE)
    if own_key(user) is None:
        actions.make_key(by=user, passphrase=passphrase)
    if not HomeUnit.objects.filter(user=user).exists():
        actions.set_home_unit(by=user, unit=unit)


@transaction.atomic
def _receive(region: Region, told: Told, units: Mapping[str, CivilUnit], desk: Desk) -> Received:
    """One report with all that followed, or nothing of it."""
    unit = units.get(told.unit)
    today = today_in(region)
    narrative = {
        "what": told.what,
        "who": {
            "name": "",
            "office": told.office,
            "unit": unit.name if unit else "",
            "unit_id": unit.pk if unit else None,
        },
        "when": "Contoh: pekan lalu",
        "where": told.where,
        "links": [],
    }
    if told.hoax:
        narrative["hoax"] = told.hoax
    named = told.standing != Standing.ANONYMOUS
    received = actions.receive_report(
        by=REPORTER,
        region=region,
        incoming=Incoming(
            kind=told.kind,
            standing=told.standing,
            narrative=narrative,
            token=told.token,
            identity={"name": "Contoh: pelapor", "contact": "Contoh: tanpa nomor"}
            if named
            else None,
            unit=unit,
        ),
        received_on=today - timedelta(days=told.days),
    )
    if told.acts:
        _act(received, told, desk)
    return received


def _act(received: Received, told: Told, desk: Desk) -> None:
    report = received.report
    today = today_in(report.case.region)
    opened = open_case(report.case, desk.user, desk.private)
    mine = open_report(report, open_code(received.code).key)
    if len(told.acts) > 1:
        actions.assign_lead(by=desk.user, opened=opened, lead=desk.user)
    for number, act in enumerate(told.acts):
        token = f"{told.token}-{number}"
        match act:
            case Step():
                _step(opened, desk.user, act, today)
            case Written():
                actions.write(
                    by=desk.user,
                    opened=opened,
                    kind=act.kind,
                    content=_dated(act.content, today),
                    token=token,
                )
            case Classified():
                violation = Violation.objects.in_force().get(code=act.code)
                actions.set_violation(by=desk.user, opened=opened, violation=violation)
            case Said():
                _say(opened, mine, desk.user, act, token)
    last = told.acts[-1]
    if not (isinstance(last, Said) and last.by_reporter):
        actions.mark_read(by=desk.user, opened=opened, report=report, upto=ALL)


def _dated(content: Details, today: date) -> dict[str, Any]:
    """The content with its days as texts."""
    return {
        name: (today - timedelta(days=value.days)).isoformat()
        if isinstance(value, DaysAgo)
        else value
        for name, value in content.items()
    }


def _step(opened: OpenCase, user: User, step: Step, today: date) -> None:
    sanction = Sanction.objects.in_force().get(code=step.sanction) if step.sanction else None
    actions.move(
        by=user,
        opened=opened,
        state=step.state,
        details=_dated(step.details, today),
        reason=step.reason,
        recipient=step.recipient,
        sanction=sanction,
    )


def _say(opened: OpenCase, mine: OpenReport, user: User, said: Said, token: str) -> None:
    if said.by_reporter:
        actions.write_as_reporter(by=REPORTER, opened=mine, text=said.text, token=token)
    else:
        actions.reply(by=user, opened=opened, report=mine.report, text=said.text, token=token)
