"""An election of a region and the day on which it votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, ancestors, under

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class Kind(models.TextChoices):
    """Whom an election chooses."""

    REGENT = "regent", _("Bupati dan Wakil Bupati")
    MAYOR = "mayor", _("Wali Kota dan Wakil Wali Kota")
    GOVERNOR = "governor", _("Gubernur dan Wakil Gubernur")
    GENERAL = "general", _("Pemilihan umum")


#: Kinds that exist at one level of regions only.
LEVELS: dict[str, str] = {
    Kind.REGENT: RegionLevel.REGENCY,
    Kind.MAYOR: RegionLevel.REGENCY,
    Kind.GOVERNOR: RegionLevel.PROVINCE,
}


class ElectionQuerySet(GuardedQuerySet):
    """Queries on elections."""

    def visible_to(self, by: Actor) -> ElectionQuerySet:
        """Elections of the regions that the reader may see, and of those that contain them."""
        scopes = by.access.reads()
        above = {code for scope in scopes if scope for code in ancestors(scope)}
        return self.filter(under("region_id", scopes) | Q(region__in=above))

    def of(self, code: str) -> ElectionQuerySet:
        """Those in which the region `code` votes: its own and those of what contains it.

        An empty code: all.
        """
        return self.filter(region__in=ancestors(code)) if code else self

    def next_for(self, code: str) -> Election | None:
        """The region's nearest election from today on, else its latest one.

        Of several on one day, the most local one.
        """
        today, elections = timezone.localdate(), self.of(code).select_related("region")
        coming = elections.filter(voting_day__gte=today).order_by("voting_day", "-region_id")
        past = elections.filter(voting_day__lt=today).order_by("-voting_day", "-region_id")
        nearest: Election | None = coming.first() or past.first()
        return nearest

    def named(self, words: str) -> ElectionQuerySet:
        """Those whose name contains `words`; without words: all."""
        return self.filter(name__icontains=words) if words else self


class Election(GuardedModel):
    """One election in one region."""

    name = models.CharField(_("nama"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind.choices)
    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="elections"
    )
    voting_day = models.DateField(_("hari pemungutan suara"))

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemilihan")
        verbose_name_plural = pgettext_lazy("jamak", "pemilihan")
        ordering = ["-voting_day", "-region_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "voting_day"],
                name="election_once_per_region_kind_and_day",
                violation_error_message=_(
                    "Pemilihan jenis ini pada hari itu sudah tercatat di wilayah tersebut."
                ),
            ),
            models.CheckConstraint(name="election_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="election_has_name", condition=Q(name__regex=r"\S")),
        ]
        indexes = [
            models.Index(fields=["-voting_day", "-region", "kind"], name="election_latest"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Says beside the region when it has no such election."""
        level = LEVELS.get(self.kind)
        if level and self.region_id and self.region.level != level:
            raise ValidationError(
                {"region": _("Jenis pemilihan ini tidak ada di wilayah tersebut.")}
            )

    @property
    def days_left(self) -> int:
        """Days until voting day: 0 on the day, negative after it."""
        return (self.voting_day - timezone.localdate()).days
