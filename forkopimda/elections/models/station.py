"""Polling stations (TPS): numbered within their village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, at_level, under
from forkopimda.regions.places import Point, on_earth

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

NUMBER_MOST = 999


class StationQuerySet(GuardedQuerySet):
    """Queries on polling stations."""

    def visible_to(self, by: Actor) -> StationQuerySet:
        """Stations of the regions whose shared picture the reader may see."""
        return self.filter(under("village_id", by.access.reads()))

    def within(self, code: str) -> StationQuerySet:
        """Stations in the region `code`; an empty code: all."""
        return self.filter(village__code__startswith=code)

    def in_use(self) -> StationQuerySet:
        """Those that have not been given up."""
        return self.filter(in_use=True)


class PollingStation(GuardedModel):
    """One polling station of a village."""

    village = models.ForeignKey(
        Region,
        verbose_name=_("desa/kelurahan"),
        on_delete=models.PROTECT,
        related_name="polling_stations",
    )
    number = models.PositiveSmallIntegerField(
        _("nomor TPS"), validators=[MinValueValidator(1), MaxValueValidator(NUMBER_MOST)]
    )
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)
    special = models.BooleanField(
        _("lokasi khusus"), default=False, help_text=_("lapas, rumah sakit, panti, dan sejenisnya")
    )
    in_use = models.BooleanField(_("dipakai"), default=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("TPS")
        verbose_name_plural = pgettext_lazy("jamak", "TPS")
        ordering = ["village_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "number"],
                name="station_number_once_per_village",
                violation_error_message=_("Nomor TPS ini sudah ada di desa/kelurahan itu."),
            ),
            models.CheckConstraint(
                name="station_number_in_range", condition=Q(number__gte=1, number__lte=NUMBER_MOST)
            ),
            models.CheckConstraint(
                name="station_in_a_village", condition=at_level("village", RegionLevel.VILLAGE)
            ),
            models.CheckConstraint(name="station_place_on_earth", condition=on_earth()),
        ]
        indexes = [
            GistIndex(
                Point(), name="station_point", condition=Q(latitude__isnull=False, in_use=True)
            ),
        ]

    def __str__(self) -> str:
        return f"TPS {self.number:03d} {self.village.name}"

    @property
    def kecamatan_code(self) -> str:
        """Code of the kecamatan around its village."""
        return str(self.village_id)[: len("12.19.08")]
