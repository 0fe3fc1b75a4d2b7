"""Ratings of regions. A rating is never rewritten: the next one succeeds it, and the level of
any past day can be shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import User
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from datetime import date, datetime

    from forkopimda.lib.authority import Actor


class Level(models.TextChoices):
    """Vulnerability of a region (tingkat kerawanan)."""

    LOW = "low", _("Rendah")
    MEDIUM = "medium", _("Sedang")
    HIGH = "high", _("Tinggi")

    @property
    def rank(self) -> int:
        """1 to 3; a higher rank is a higher level."""
        return LEVEL_ORDER.index(self) + 1


LEVEL_ORDER = [Level.LOW, Level.MEDIUM, Level.HIGH]


class Scheme(models.TextChoices):
    """By whose method a region was rated. Schemes are never converted into one another."""

    FORUM = "LOCAL_FORKOPIMDA", _("Penilaian kepolisian untuk Forkopimda")
    POLICE_INDEX = "POLRI_IPKP", _("Indeks Potensi Kerawanan Pemilu (Polri)")
    BAWASLU_INDEX = "BAWASLU_IKP", _("Indeks Kerawanan Pemilu (Bawaslu)")


class TimeRange(Func):
    """PostgreSQL's tstzrange(from, until, bounds)."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class RatingQuerySet(GuardedQuerySet):
    """Queries on ratings."""

    def visible_to(self, by: Actor) -> RatingQuerySet:
        """Ratings of regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def of(self, code: str, scheme: str = Scheme.FORUM) -> RatingQuerySet:
        """The history of one region by one scheme, newest first."""
        return self.filter(region_id=code, scheme=scheme).order_by("-valid_from")

    def as_of(self, moment: datetime | None = None, scheme: str = Scheme.FORUM) -> RatingQuerySet:
        """Ratings in force at `moment`; without one, now."""
        in_force = self.filter(scheme=scheme)
        if moment is None:
            return in_force.filter(valid_until=None)
        return in_force.filter(
            Q(valid_until=None) | Q(valid_until__gt=moment), valid_from__lte=moment
        )

    def due_for_review(self, day: date | None = None) -> RatingQuerySet:
        """Ratings in force whose day of review has come by `day`, today by default."""
        day = day or timezone.localdate()
        return self.filter(scheme=Scheme.FORUM, valid_until=None, review_on__lte=day)

    def with_previous_level(self) -> RatingQuerySet:
        """Adds `previous_level`: the level that each rating succeeded, or None."""
        before = RiskRating.objects.filter(
            region=OuterRef("region"), scheme=OuterRef("scheme"), valid_until=OuterRef("valid_from")
        ).values("level")[:1]
        return self.annotate(previous_level=Subquery(before))


class RiskRating(GuardedModel):
    """The level of a region from one moment until the next rating."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="ratings"
    )
    scheme = models.CharField(
        _("skema"), max_length=20, choices=Scheme.choices, default=Scheme.FORUM
    )
    level = models.CharField(_("tingkat kerawanan"), max_length=6, choices=Level.choices)
    reason = models.TextField(_("alasan"), max_length=2000)
    evidence = models.TextField(_("catatan bukti"), max_length=2000, blank=True)
    author = models.ForeignKey(
        User,
        verbose_name=_("penilai"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ratings",
    )
    author_name = models.CharField(_("nama penilai"), max_length=150)
    assessment = models.ForeignKey(
        "security.Assessment",
        verbose_name=_("asesmen"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ratings",
    )
    suggested_level = models.CharField(
        _("tingkat yang disarankan"), max_length=6, choices=Level.choices, blank=True
    )
    departure = models.TextField(_("alasan berbeda dari saran"), max_length=1000, blank=True)
    review_on = models.DateField(_("ditinjau ulang paling lambat"), null=True, blank=True)
    valid_from = models.DateTimeField(_("berlaku sejak"))
    valid_until = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("dicatat"), auto_now_add=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("penilaian kerawanan")
        verbose_name_plural = pgettext_lazy("jamak", "penilaian kerawanan")
        ordering = ["-valid_from", "-id"]
        constraints = [
            ExclusionConstraint(
                name="rating_periods_do_not_overlap",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    (
                        TimeRange("valid_from", "valid_until", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="rating_ends_after_start",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="rating_level_known", condition=Q(level__in=["low", "medium", "high"])
            ),
            models.CheckConstraint(name="rating_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="rating_departs_with_reason",
                condition=Q(suggested_level="")
                | Q(suggested_level=F("level"))
                | Q(departure__regex=r"\S"),
                violation_error_message=_("Tingkat yang berbeda dari saran perlu alasan."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["region"],
                name="rating_current",
                condition=Q(valid_until=None),
                include=["scheme", "level", "valid_from"],
            ),
            models.Index(fields=["region", "scheme", "-valid_from"], name="rating_history"),
            models.Index(fields=["scheme", "-valid_from", "-id"], name="rating_latest"),
            models.Index(
                fields=["review_on", "region"],
                name="rating_review",
                condition=Q(valid_until=None, review_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_level_display()}"

    @property
    def change(self) -> str:
        """ "up", "down", "same" against the rating before; "first" where there was none.

        Needs `with_previous_level`.
        """
        previous = self.previous_level  # type: ignore[attr-defined]  # annotated
        if not previous:
            return "first"
        steps = Level(self.level).rank - Level(previous).rank
        return "up" if steps > 0 else "down" if steps < 0 else "same"

    @property
    def previous_name(self) -> str:
        """The word of the level before, empty where there was none."""
        previous = self.previous_level  # type: ignore[attr-defined]  # annotated
        return str(Level(previous).label) if previous else ""
