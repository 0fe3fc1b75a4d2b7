"""The early warning of a kecamatan: computed, explained, never a rating by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Region, under

from .rating import Level, RiskRating, Scheme

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class WarningQuerySet(GuardedQuerySet):
    """Queries on early warnings."""

    def visible_to(self, by: Actor) -> WarningQuerySet:
        """Warnings on regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def with_current_level(self) -> WarningQuerySet:
        """Adds `current_level`, the level in force or None, and `gap`: how many levels the
        suggestion lies above it. A region that is not rated counts as low."""
        in_force = RiskRating.objects.filter(
            region=OuterRef("region"), scheme=Scheme.FORUM, valid_until=None
        ).values("level")[:1]
        return self.annotate(
            current_level=Subquery(in_force),
            gap=_rank("level") - _rank("current_level"),
        )

    def above_current(self) -> WarningQuerySet:
        """Those that suggest more than the level in force."""
        return self.with_current_level().filter(gap__gt=0)


def _rank(field: str) -> Case:
    ranks = (When(**{field: level}, then=Value(level.rank)) for level in Level)
    return Case(*ranks, default=Value(Level.LOW.rank))


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

    @property
    def difference(self) -> str:
        """ "up", "down" or "same": the suggestion against the level in force. "unrated" where none
        is. Needs `with_current_level`.
        """
        if not self.current_level:  # type: ignore[attr-defined]  # annotated
            return "unrated"
        gap: int = self.gap  # type: ignore[attr-defined]  # annotated
        return "up" if gap > 0 else "down" if gap < 0 else "same"
