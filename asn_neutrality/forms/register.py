"""What the register can be narrowed to. Field names are those of the page's address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import style_widgets
from forkopimda.regions.models import Region

from ..models import CLOSED, Case, CaseQuerySet, Kind, Report, State

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise as StrPromise

    from forkopimda.people.models import User

OPEN, ENDED = "terbuka", "berakhir"
BY_TERM = "tenggat"
#: Signs of which the numbers of cases are made.
PART = re.compile(r"[0-9./ANEST-]+", re.IGNORECASE)
#: What asks for somebody's attention, each a switch of its own.
FLAGS: dict[str, StrPromise] = {
    "terlambat": _("Terlambat"),
    "saya": _("Menunggu saya"),
    "kabar": _("Ada kabar dari pelapor"),
    "tanpa": _("Tanpa penanggung jawab"),
}


@dataclass(frozen=True)
class Flag:
    """A switch as the page shows it: how many cases it lets through, whether it is on, and the
    query that turns it."""

    label: str
    query: str
    count: int
    is_on: bool


class RegisterFilters(forms.Form):
    """Number, state, kind, region, order, and what asks for attention. Nothing chosen: all."""

    cari = forms.CharField(label=_("Nomor"), max_length=40, required=False)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("Semua")),
            (OPEN, _("Masih terbuka")),
            (ENDED, _("Sudah berakhir")),
            *State.choices,
        ],
    )
    jenis = forms.ChoiceField(
        label=_("Jenis dugaan"), required=False, choices=[("", _("Semua")), *Kind.choices]
    )
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    urut = forms.ChoiceField(
        required=False, choices=[("", ""), (BY_TERM, "")], widget=forms.HiddenInput
    )
    terlambat = forms.BooleanField(required=False, widget=forms.HiddenInput)
    saya = forms.BooleanField(required=False, widget=forms.HiddenInput)
    kabar = forms.BooleanField(required=False, widget=forms.HiddenInput)
    tanpa = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        self.by = by
        seen = Region.objects.filter(pk__in=Case.objects.visible_to(by).values("region"))
        regions = [(region.pk, region.title) for region in seen.order_by("name", "code")]
        if len(regions) > 1:
            self.fields["wilayah"].choices = [("", _("Semua")), *regions]  # type: ignore[attr-defined]
        else:
            del self.fields["wilayah"]
        style_widgets(self)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields to be filled in; the rest are switches and links."""
        names = ("cari", "keadaan", "jenis", "wilayah")
        return [self[name] for name in names if name in self.fields]

    @property
    def kept(self) -> list[str]:
        """The switches that are on, to be sent along with the fields."""
        return [name for name in FLAGS if self.cleaned_data.get(name)]

    @property
    def by_term(self) -> bool:
        """Whether the next term comes first, not the newest case."""
        return bool(self.cleaned_data.get("urut"))

    @property
    def narrows(self) -> bool:
        """Whether anything but the order is in use, or wrong."""
        return any(self.data.get(name) for name in self.fields if name != "urut")

    def narrow(self) -> CaseQuerySet:
        """The cases of the reader that fit, in the chosen order; none where a filter is wrong."""
        if not self.is_valid():
            return Case.objects.none()
        rows = self._chosen()
        for name in self.kept:
            rows = rows.filter(self._flag(name))
        if self.by_term:
            return rows.order_by(F("due_on").asc(nulls_last=True), "id")
        return rows.order_by("-received_on", "-id")

    def flags(self) -> list[Flag]:
        """The switches, each with how many of the cases otherwise chosen it lets through."""
        if not self.is_valid():
            return []
        found = self._chosen().aggregate(
            **{name: Count("pk", filter=self._flag(name)) for name in FLAGS}
        )
        return [
            Flag(str(label), self._turned(name), found[name], name in self.kept)
            for name, label in FLAGS.items()
        ]

    def _turned(self, name: str) -> str:
        query = cast("QueryDict", self.data).copy()
        query.pop("page", None)
        if query.pop(name, None) is None:
            query[name] = "1"
        return str(query.urlencode())

    def _chosen(self) -> CaseQuerySet:
        data = self.cleaned_data
        rows: CaseQuerySet = Case.objects.visible_to(self.by)
        if number := data["cari"].strip():
            rows = rows.filter(number__icontains=number) if _is_part(number) else rows.none()
        if data["keadaan"] == OPEN:
            rows = rows.open()
        elif data["keadaan"] == ENDED:
            rows = rows.filter(state__in=CLOSED)
        elif data["keadaan"]:
            rows = rows.filter(state=data["keadaan"])
        if data["jenis"]:
            rows = rows.filter(kind=data["jenis"])
        if data.get("wilayah"):
            rows = rows.filter(region=data["wilayah"])
        return rows

    def _flag(self, name: str) -> Q:
        is_open = ~Q(state__in=CLOSED)
        if name == "terlambat":
            return is_open & Q(due_on__lt=timezone.localdate())
        if name == "saya":
            return is_open & Q(lead=self.by)
        if name == "tanpa":
            return is_open & Q(lead=None)
        return Q(unread())


def _is_part(text: str) -> bool:
    """Whether a number could hold the text. Whatever else is typed there, a name for one, is not
    sent on to the database, whose log may keep what it is asked."""
    return PART.fullmatch(text) is not None


def unread() -> Exists:
    """Whether one of a case's reporters wrote what no examiner has read yet."""
    return Exists(Report.objects.filter(case=OuterRef("pk"), is_unread=True))
