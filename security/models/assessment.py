"""An assessment of a region by a frame. Made once, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import User
from forkopimda.regions.models import Region, under

from .frame import SCALE, Frame, Indicator
from .rating import Level

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class AssessmentQuerySet(GuardedQuerySet):
    """Queries on assessments."""

    def visible_to(self, by: Actor) -> AssessmentQuerySet:
        """Assessments of regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))


class Assessment(GuardedModel):
    """What an officer found by each indicator, and what that suggests."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="assessments"
    )
    frame = models.ForeignKey(
        Frame, verbose_name=_("kerangka"), on_delete=models.PROTECT, related_name="assessments"
    )
    score = models.DecimalField(_("skor"), max_digits=5, decimal_places=2)
    suggested_level = models.CharField(
        _("tingkat yang disarankan"), max_length=6, choices=Level.choices
    )
    author = models.ForeignKey(
        User,
        verbose_name=_("penilai"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
    )
    author_name = models.CharField(_("nama penilai"), max_length=150)
    made_at = models.DateTimeField(_("dibuat"), auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("asesmen")
        verbose_name_plural = pgettext_lazy("jamak", "asesmen")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="assessment_score_in_range", condition=Q(score__gte=0, score__lte=100)
            ),
            models.CheckConstraint(
                name="assessment_level_known",
                condition=Q(suggested_level__in=["low", "medium", "high"]),
            ),
        ]
        indexes = [models.Index(fields=["region", "-made_at"], name="assessment_latest")]

    def __str__(self) -> str:
        return f"{self.region}: {self.score}"


class ScoreQuerySet(GuardedQuerySet):
    """Queries on scores."""

    def visible_to(self, by: Actor) -> ScoreQuerySet:
        """Scores of the assessments that the reader may see."""
        return self.filter(under("assessment__region_id", by.access.reads()))


class AssessmentScore(GuardedModel):
    """What one indicator showed."""

    assessment = models.ForeignKey(
        Assessment, verbose_name=_("asesmen"), on_delete=models.PROTECT, related_name="scores"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indikator"), on_delete=models.PROTECT, related_name="scores"
    )
    value = models.PositiveSmallIntegerField(_("nilai"))

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("nilai indikator")
        verbose_name_plural = pgettext_lazy("jamak", "nilai indikator")
        ordering = ["assessment_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="score_once"),
            models.CheckConstraint(name="score_in_scale", condition=Q(value__lte=SCALE)),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
