"""The only writer of notices about terms: a notice is stored with its alert."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from forkopimda.alerts.models import Delivery
from forkopimda.lib.guard import action
from forkopimda.people.models import Role

from ..alerts import tell_of_term
from ..models import Case, NoticeKind, TermNotice
from .assignment import examiners_of
from .flow import last_step
from .writing import holders_in, note

if TYPE_CHECKING:
    from forkopimda.lib.authority import System
    from forkopimda.people.models import User

#: Whoever has not looked at an alert of the same kind for so long is not sent another one: it
#: leads to the same list.
QUIET = timedelta(hours=20)


@action
def remind_term(*, by: System, case: Case, kind: str) -> TermNotice | None:
    """Says `kind` of the term of the step where the case stands; None where it was said before,
    or the case has gone on since it was found to be due.

    The case is held meanwhile. One that is held by somebody else waits for the next round.
    """
    rows = Case.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).open()
    current = rows.select_related("region", "lead").filter(pk=case.pk, due_on=case.due_on).first()
    if current is None or current.state != case.state:
        return None
    step = last_step(current)
    if TermNotice.objects.filter(step=step, kind=kind).exists():
        return None
    notice = TermNotice(kind=kind)
    notice.step_id = step
    notice.full_clean()
    notice.save()
    note(by, "asn_neutrality.remind_term", current, kind=kind)
    tell_of_term(by=by, case=current, kind=kind, people=_not_told(_concerned(current, kind), kind))
    return notice


def _concerned(case: Case, kind: str) -> list[User]:
    """Before the day its lead, or all its examiners where nobody leads; after it all of them; at
    last the auditors of the region."""
    if kind == NoticeKind.ESCALATED:
        return list(holders_in(case.region_id, Role.AUDITOR))
    examiners = list(examiners_of(case))
    lead = [person for person in examiners if person.pk == case.lead_id]
    return lead if kind == NoticeKind.NEAR and lead else examiners


def _not_told(people: list[User], kind: str) -> list[User]:
    unseen = Delivery.objects.filter(
        recipient__in=people,
        seen_at=None,
        alert__kind=f"asn_neutrality.term_{kind}",
        alert__created_at__gt=timezone.now() - QUIET,
    )
    told = set(unseen.values_list("recipient", flat=True))
    return [person for person in people if person.pk not in told]
