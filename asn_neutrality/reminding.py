"""Which steps of cases are near their terms or past them, and the notices about it."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM, System
from forkopimda.regions.models import TimeZone

from .actions import remind_term
from .models import Case, CaseStep, NoticeKind, Term, TermNotice

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

#: No phone rings for a reminder before the offices open.
FIRST_HOUR = time(7)
BATCH = 200


def give_due_notices(*, by: System = SYSTEM, now: datetime | None = None) -> int:
    """Gives every notice that is due at `now`. Gives how many.

    Each is stored with its alert in a transaction of its own, so that this may be killed and
    started again, or run twice at once: a notice is given once all the same. One that can't be
    given is logged and does not hold up the others.
    """
    now = now or timezone.now()
    terms = list(Term.objects.in_force())
    given = 0
    for zone in TimeZone.values:
        local = now.astimezone(ZoneInfo(zone))
        if local.time() < FIRST_HOUR:
            continue
        for kind in NoticeKind:
            for case in _waiting(zone, kind, _due(terms, kind, local)):
                given += _give(by, case, kind)
    return given


def _due(terms: list[Term], kind: NoticeKind, local: datetime) -> Q:
    """The condition on cases of which `kind` is to be said. How long before and after is as set
    today; the term itself stays as it was when the step began."""
    today = local.date()
    if kind == NoticeKind.MISSED:
        return Q(due_on__lt=today)
    # Steps that began today are fresh in mind.
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    near = kind == NoticeKind.NEAR
    due = Q(due_on__gte=today, step_at__lt=midnight) if near else Q(due_on__lt=today)
    reached = Q(pk__in=())
    for days, states in _by_days(terms, "remind_before" if near else "escalate_after"):
        last = today + timedelta(days=days) if near else today - timedelta(days=days)
        reached |= Q(state__in=states, due_on__lte=last)
    return due & reached


def _by_days(terms: list[Term], field: str) -> list[tuple[int, list[str]]]:
    """The states of each number of days."""
    groups: dict[int, list[str]] = {}
    for term in terms:
        groups.setdefault(getattr(term, field), []).append(term.code)
    return list(groups.items())


def _waiting(zone: str, kind: NoticeKind, due: Q) -> Iterator[Case]:
    """Open cases of which it is to be said and has not been said, in batches by key."""
    steps = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-pk")
    said = TermNotice.objects.filter(kind=kind, step=OuterRef("step"))
    rows = (
        Case.objects.open()
        .filter(region__time_zone=zone)
        .annotate(step=Subquery(steps.values("pk")[:1]), step_at=Subquery(steps.values("at")[:1]))
        .filter(due)
        .filter(~Exists(said))
        .order_by("pk")
    )
    done, full = 0, True
    while full:
        batch = list(rows.filter(pk__gt=done)[:BATCH])
        yield from batch
        full = len(batch) == BATCH
        done = batch[-1].pk if batch else done


def _give(by: System, case: Case, kind: NoticeKind) -> bool:
    try:
        return remind_term(by=by, case=case, kind=kind) is not None
    except (ValidationError, DatabaseError) as error:
        # The error may quote the row: its kind alone is logged.
        logger.error("a notice on a term could not be given: %s", type(error).__name__)  # noqa: TRY400
        return False
