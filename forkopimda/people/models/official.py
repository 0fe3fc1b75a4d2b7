"""People in office, and the time for which they hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import under

from .institution import Institution

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.lib.authority import Actor


class OfficialQuerySet(GuardedQuerySet):
    """Queries on officials."""

    def visible_to(self, by: Actor) -> OfficialQuerySet:
        """Officials who serve, or served, in regions that the reader may see."""
        seen = Tenure.objects.visible_to(by).values("official")
        return self.filter(pk__in=seen)


class Official(GuardedModel):
    """A person who holds or held an office."""

    name = models.CharField(_("nama"), max_length=120)
    rank = models.CharField(_("pangkat atau gelar"), max_length=40, blank=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("pejabat")
        verbose_name_plural = pgettext_lazy("jamak", "pejabat")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()


class DateRange(Func):
    """PostgreSQL's daterange(from, until, bounds)."""

    function = "DATERANGE"
    output_field = DateRangeField()


class TenureQuerySet(GuardedQuerySet):
    """Queries on tenures."""

    def visible_to(self, by: Actor) -> TenureQuerySet:
        """Tenures in institutions of regions that the reader may see."""
        return self.filter(under("institution__region_id", by.access.reads()))

    def on(self, day: date | None = None) -> TenureQuerySet:
        """Those in force on `day`, today by default."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), Q(since=None) | Q(since__lte=day))


class Tenure(GuardedModel):
    """An official heads an institution from one day to another, both included. A start that is
    not known is left empty."""

    official = models.ForeignKey(
        Official, verbose_name=_("pejabat"), on_delete=models.PROTECT, related_name="tenures"
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("lembaga"), on_delete=models.PROTECT, related_name="tenures"
    )
    title = models.CharField(_("jabatan"), max_length=80)
    acting = models.BooleanField(_("penjabat (sementara)"), default=False)
    since = models.DateField(
        _("sejak"), null=True, blank=True, help_text=_("kosong: tidak diketahui")
    )
    until = models.DateField(_("sampai"), null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = _("masa jabatan")
        verbose_name_plural = pgettext_lazy("jamak", "masa jabatan")
        ordering = ["institution", "-since"]
        constraints = [
            models.CheckConstraint(
                name="tenure_ends_after_start",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai."),
            ),
            ExclusionConstraint(
                name="tenure_one_head_at_a_time",
                expressions=[
                    ("institution", RangeOperators.EQUAL),
                    (
                        DateRange("since", "until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "Lembaga ini sudah mempunyai pimpinan pada sebagian masa itu."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.official}"
