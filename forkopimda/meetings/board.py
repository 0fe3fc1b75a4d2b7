"""The board of follow-ups: whose is overdue, by institution, with a trend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import style_widgets
from forkopimda.people.models import Institution

from .filters import DayField, institutions_for
from .models import UNFINISHED, FollowUp, FollowUpState
from .models.followup import FollowUpQuerySet

SOON = timedelta(days=7)
WEEKS = 8
MOST_INSTITUTIONS = 30

DONE_IN_TIME = Q(state=FollowUpState.DONE, finished_at__date__lte=F("due_on"))


class BoardFilters(forms.Form):
    """Words, institution, state and period of the due date. Nothing chosen: all unfinished."""

    cari = forms.CharField(label=gettext_lazy("Cari"), max_length=100, required=False)
    lembaga = forms.ModelChoiceField(
        label=gettext_lazy("Lembaga"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=gettext_lazy("Semua lembaga"),
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        required=False,
        choices=[
            ("", gettext_lazy("Belum selesai")),
            ("terlambat", gettext_lazy("Terlambat")),
            *FollowUpState.choices,
            ("semua", gettext_lazy("Semua")),
        ],
    )
    dari = DayField(gettext_lazy("Tenggat dari"))
    sampai = DayField(gettext_lazy("Tenggat sampai"))

    def __init__(self, data: Any, *, by: Actor) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Institution]", self.fields["lembaga"])
        field.queryset = institutions_for(by)
        style_widgets(self)

    def clean(self) -> dict[str, Any]:
        """Says beside the last day that the period ends before it starts."""
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("dari"), data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir tidak boleh sebelum tanggal awal."))
        return data

    def narrow(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        """Those that fit words, institution and period, in whatever state."""
        data = self.cleaned_data
        if words := data["cari"].strip():
            rows = rows.filter(Q(task__icontains=words) | Q(person__icontains=words))
        if data["lembaga"]:
            rows = rows.filter(institution=data["lembaga"])
        if data["dari"]:
            rows = rows.filter(due_on__gte=data["dari"])
        if data["sampai"]:
            rows = rows.filter(due_on__lte=data["sampai"])
        return rows

    def in_state(self, rows: FollowUpQuerySet) -> FollowUpQuerySet:
        """Those in the chosen state, the most pressing first."""
        state = self.cleaned_data["keadaan"]
        if state == "":
            return rows.unfinished().order_by("due_on", "pk")
        if state == "terlambat":
            return rows.overdue().order_by("due_on", "pk")
        if state == "semua":
            ended = Case(
                When(state__in=UNFINISHED, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
            return rows.order_by(ended, "due_on", "pk")
        return rows.filter(state=state).order_by("due_on", "pk")


@dataclass(frozen=True)
class Group:
    """One section of the board."""

    key: str
    title: str
    rows: list[FollowUp]


def groups(rows: Iterable[FollowUp]) -> list[Group]:
    """The rows of a page by how pressing they are; sections without rows are left out."""
    today = timezone.localdate()
    titles = {"late": _("Terlambat"), "soon": _("Jatuh tempo dalam 7 hari"), "other": _("Lainnya")}
    sorted_in: dict[str, list[FollowUp]] = {key: [] for key in titles}
    for row in rows:
        sorted_in[_pressing(row, today)].append(row)
    return [Group(key, titles[key], found) for key, found in sorted_in.items() if found]


def _pressing(row: FollowUp, today: date) -> str:
    if row.state not in UNFINISHED:
        return "other"
    if row.due_on < today:
        return "late"
    return "soon" if row.due_on <= today + SOON else "other"


@dataclass(frozen=True)
class Share:
    """How one institution fares."""

    name: str
    open: int
    overdue: int
    done: int
    in_time: int

    @property
    def percent(self) -> int | None:
        """Of those done, how many in time; None where nothing was done."""
        return round(100 * self.in_time / self.done) if self.done else None


def by_institution(rows: FollowUpQuerySet) -> list[Share]:
    """The institutions with the most overdue ones first. One query."""
    today = timezone.localdate()
    unfinished = Q(state__in=UNFINISHED)
    counted = (
        rows.order_by()
        .values("institution_id", "institution__name")
        .annotate(
            open=Count("pk", filter=unfinished),
            overdue=Count("pk", filter=unfinished & Q(due_on__lt=today)),
            done=Count("pk", filter=Q(state=FollowUpState.DONE)),
            in_time=Count("pk", filter=DONE_IN_TIME),
        )
        .order_by("-overdue", "-open", "institution__name")
    )
    return [
        Share(row["institution__name"], row["open"], row["overdue"], row["done"], row["in_time"])
        for row in counted[:MOST_INSTITUTIONS]
    ]


@dataclass(frozen=True)
class Week:
    """What fell due and what was done in a week, with the bars that show it.

    A bar's height is in the chart's units, `TALLEST` at most.
    """

    monday: date
    due: int
    done: int
    left: int
    due_height: int
    done_height: int


TALLEST, WEEK_WIDTH = 100, 40


def trend(rows: FollowUpQuerySet) -> list[Week]:
    """The last eight weeks, this one included. Two queries."""
    today = timezone.localdate()
    this_monday = today - timedelta(days=today.weekday())
    first, end = this_monday - timedelta(weeks=WEEKS - 1), this_monday + timedelta(weeks=1)
    fell_due = rows.filter(due_on__gte=first, due_on__lt=end)
    due = _per_week(fell_due.exclude(state=FollowUpState.CANCELLED), "due_on")
    ended = rows.filter(finished_at__gte=_start_of(first), finished_at__lt=_start_of(end))
    done = _per_week(ended.filter(state=FollowUpState.DONE), "finished_at")
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    most = max([1, *due.values(), *done.values()])
    return [
        Week(
            monday=monday,
            due=due.get(monday, 0),
            done=done.get(monday, 0),
            left=number * WEEK_WIDTH,
            due_height=TALLEST * due.get(monday, 0) // most,
            done_height=TALLEST * done.get(monday, 0) // most,
        )
        for number, monday in enumerate(mondays)
    ]


def _per_week(rows: Any, field: str) -> dict[date, int]:
    counted = rows.order_by().annotate(week=TruncWeek(field)).values("week")
    found = {}
    for row in counted.annotate(count=Count("pk")).values_list("week", "count"):
        week, count = row
        found[timezone.localtime(week).date() if isinstance(week, datetime) else week] = count
    return found


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
