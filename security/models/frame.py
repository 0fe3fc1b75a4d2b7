"""Frames of assessment: dimensions and indicators with their weights, as versioned data.

A published version is never changed: assessments keep the frame by which they were made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Region, ancestors, under

from .rating import Level, Scheme

if TYPE_CHECKING:
    from decimal import Decimal

    from forkopimda.lib.authority import Actor

#: An indicator is scored from 0 to this.
SCALE = 4


class FrameState(models.TextChoices):
    """A version's life."""

    DRAFT = "draft", _("Konsep")
    PUBLISHED = "published", pgettext_lazy("kerangka", "Berlaku")
    RETIRED = "retired", _("Digantikan")


class FrameQuerySet(GuardedQuerySet):
    """Queries on frames."""

    def visible_to(self, by: Actor) -> FrameQuerySet:
        """Frames for the whole country, of the regions that the reader sees, and of those above."""
        scopes = by.access.reads()
        above = {code for scope in scopes if scope for code in ancestors(scope)}
        return self.filter(Q(region=None) | Q(region__in=above) | under("region_id", scopes))

    def in_force(self, code: str) -> list[Frame]:
        """The published frames for the region `code`: of each frame the most local version."""
        places = Q(region=None) | Q(region__in=ancestors(code))
        nearest: dict[str, Frame] = {}
        for frame in self.filter(places, state=FrameState.PUBLISHED).order_by(
            F("region_id").asc(nulls_first=True)
        ):
            nearest[frame.code] = frame
        return sorted(nearest.values(), key=lambda frame: (frame.position, frame.code))


class Frame(GuardedModel):
    """One version of a frame, for the whole country or for a region that has its own."""

    code = models.SlugField(_("kode"), max_length=30)
    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="frames",
        help_text=_("kosong: seluruh Indonesia"),
    )
    version = models.PositiveSmallIntegerField(_("versi"))
    name = models.CharField(_("nama"), max_length=120)
    scheme = models.CharField(_("skema"), max_length=20, choices=Scheme.choices)
    note = models.TextField(_("keterangan"), max_length=1000, blank=True)
    medium_from = models.DecimalField(
        _("sedang mulai skor"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    high_from = models.DecimalField(
        _("tinggi mulai skor"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=FrameState.choices, default=FrameState.DRAFT
    )
    published_at = models.DateTimeField(_("berlaku sejak"), null=True, blank=True)

    objects = FrameQuerySet.as_manager()

    class Meta:
        verbose_name = _("kerangka penilaian")
        verbose_name_plural = pgettext_lazy("jamak", "kerangka penilaian")
        ordering = ["position", "code", "region_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "region", "version"],
                name="frame_version_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["code", "region"],
                name="frame_one_published",
                condition=Q(state="published"),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["code", "region"],
                name="frame_one_draft",
                condition=Q(state="draft"),
                nulls_distinct=False,
                violation_error_message=_("Sudah ada konsep versi baru kerangka ini."),
            ),
            models.CheckConstraint(
                name="frame_cutoffs_in_order",
                condition=Q(medium_from__gt=0, high_from__gt=F("medium_from"), high_from__lte=100),
                violation_error_message=_("Ambang tinggi harus di atas ambang sedang."),
            ),
            models.CheckConstraint(
                name="frame_published_with_time",
                condition=Q(state="draft", published_at=None)
                | Q(state__in=["published", "retired"], published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def level_of(self, score: Decimal) -> Level:
        """The level that a score of 0 to 100 suggests by this frame's cut-offs."""
        if score >= self.high_from:
            return Level.HIGH
        return Level.MEDIUM if score >= self.medium_from else Level.LOW


class PartQuerySet(GuardedQuerySet):
    """Queries on parts of frames; `frame_path` leads to the frame."""

    frame_path = "frame"

    def visible_to(self, by: Actor) -> PartQuerySet:
        """Parts of the frames that the reader may see."""
        seen = Frame.objects.visible_to(by).order_by().values("pk")
        return self.filter(**{f"{self.frame_path}__in": seen})


class IndicatorQuerySet(PartQuerySet):
    """Queries on indicators."""

    frame_path = "dimension__frame"


def weight_field() -> models.DecimalField[Decimal, Decimal]:
    """A weight among its siblings: any number above 0; only proportions count."""
    return models.DecimalField(
        _("bobot"),
        max_digits=6,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0.01), MaxValueValidator(1000)],
    )


class Dimension(GuardedModel):
    """A group of indicators."""

    frame = models.ForeignKey(
        Frame, verbose_name=_("kerangka"), on_delete=models.CASCADE, related_name="dimensions"
    )
    code = models.SlugField(_("kode"), max_length=30)
    name = models.CharField(_("nama"), max_length=120)
    weight = weight_field()
    position = models.PositiveSmallIntegerField(_("urutan"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("dimensi")
        verbose_name_plural = pgettext_lazy("jamak", "dimensi")
        ordering = ["frame_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "code"], name="dimension_code_once"),
            models.CheckConstraint(name="dimension_weight_positive", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(GuardedModel):
    """One thing to look at, scored from 0 (none) to 4 (very large)."""

    dimension = models.ForeignKey(
        Dimension, verbose_name=_("dimensi"), on_delete=models.CASCADE, related_name="indicators"
    )
    code = models.SlugField(_("kode"), max_length=30)
    name = models.CharField(_("nama"), max_length=160)
    guidance = models.CharField(_("petunjuk"), max_length=300, blank=True)
    weight = weight_field()
    position = models.PositiveSmallIntegerField(_("urutan"))

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = pgettext_lazy("jamak", "indikator")
        ordering = ["dimension_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="indicator_code_once"),
            models.CheckConstraint(name="indicator_weight_positive", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
