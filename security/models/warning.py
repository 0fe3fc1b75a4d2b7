"""The early warning of a kecamatan: computed, explained, never a rating by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Region, under

from .rating import Level

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class WarningQuerySet(GuardedQuerySet):
    """Queries on early warnings."""

    def visible_to(self, by: Actor) -> WarningQuerySet:
        """Warnings on regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))


class EarlyWarning(GuardedModel):
    """The newest computation for one kecamatan. Past ones are computed again when asked for."""

    region = models.OneToOneField(
        Region,
        verbose_name=_("wilayah"),
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="early_warning",
    )
    index = models.DecimalField(_("nilai"), max_digits=5, decimal_places=2)
    level = models.CharField(_("saran"), max_length=6, choices=Level.choices)
    terms = models.JSONField(
        _("bagian"), help_text=_("tiap suku: kunci, nilai, paling banyak, ukuran")
    )
    computed_at = models.DateTimeField(_("dihitung"))
    alerted_at = models.DateTimeField(_("penyelia diperingatkan"), null=True, blank=True)

    objects = WarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("peringatan dini")
        verbose_name_plural = pgettext_lazy("jamak", "peringatan dini")
        ordering = ["-index", "region_id"]
        constraints = [
            models.CheckConstraint(
                name="warning_index_in_range", condition=Q(index__gte=0, index__lte=100)
            ),
            models.CheckConstraint(
                name="warning_level_known", condition=Q(level__in=["low", "medium", "high"])
            ),
        ]
        indexes = [models.Index(fields=["-index", "region"], name="warning_highest")]

    def __str__(self) -> str:
        return f"{self.region}: {self.index}"
