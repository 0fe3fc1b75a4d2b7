"""Open cases by the terms of their steps: late, due today, due this week, due later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Case

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


@dataclass(frozen=True)
class Group:
    """Cases due from one day to another (None: no bound), and how many the reader has of them."""

    key: str
    label: str
    first: date | None
    last: date | None
    count: int = 0

    @property
    def condition(self) -> Q:
        """The condition on cases."""
        condition = Q()
        if self.first:
            condition &= Q(due_on__gte=self.first)
        if self.last:
            condition &= Q(due_on__lte=self.last)
        return condition

    def holds(self, case: Case) -> bool:
        """Whether a case is one of them."""
        due = case.due_on
        if due is None:
            return False
        return (self.first or due) <= due <= (self.last or due)


def open_cases(by: Actor) -> Any:
    """Open cases that the reader sees, the longest overdue first: an examiner's own, an auditor's
    whole region."""
    rows = Case.objects.visible_to(by).open().select_related("region", "lead")
    return rows.order_by("due_on", "pk")


def groups_of(by: Actor) -> list[Group]:
    """The four groups by the reader's today, with their counts. One query."""
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    groups = [
        Group("terlambat", _("Terlambat"), None, today - timedelta(days=1)),
        Group("hari-ini", _("Hari ini"), today, today),
        Group("minggu-ini", _("Minggu ini"), today + timedelta(days=1), sunday),
        Group("nanti", _("Nanti"), max(sunday, today) + timedelta(days=1), None),
    ]
    counts = (
        Case.objects.visible_to(by)
        .open()
        .aggregate(**{f"n{at}": Count("pk", filter=g.condition) for at, g in enumerate(groups)})
    )
    return [Group(g.key, g.label, g.first, g.last, counts[f"n{at}"]) for at, g in enumerate(groups)]
