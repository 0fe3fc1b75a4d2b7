"""Polling stations (TPS): numbered within their village."""

from __future__ import annotations

import re
from hashlib import sha256
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
_SEARCHED = re.compile(r"(?i)^(?P<name>.*?)\s*(?:\btps\s*)?(?P<number>\d{1,3})?$")


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

    def matching(self, words: str) -> StationQuerySet:
        """Those whose village's name or code and whose number fit: "Tanjung 3", "12.19.08.2001"."""
        words = words.strip()
        if re.fullmatch(r"[\d.]{4,}", words):
            return self.filter(village__code__startswith=words)
        found = _SEARCHED.match(words)
        name, number = (found["name"], found["number"]) if found else (words, None)
        name = re.sub(r"(?i)\btps$", "", name).strip()
        rows = self
        if name:
            villages = Region.objects.filter(level=RegionLevel.VILLAGE, name__icontains=name)
            rows = rows.filter(village__in=villages)
        return rows.filter(number=int(number)) if number else rows


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
            # The two filters that would else read every station to find few.
            models.Index(
                fields=["village", "number"],
                name="station_without_point",
                condition=Q(latitude=None, in_use=True),
            ),
            models.Index(
                fields=["village", "number"],
                name="station_special",
                condition=Q(special=True, in_use=True),
            ),
        ]

    def __str__(self) -> str:
        return f"TPS {self.number:03d} {self.village.name}"

    @property
    def kecamatan_code(self) -> str:
        """Code of the kecamatan around its village."""
        return str(self.village_id)[: len("12.19.08")]

    @property
    def fingerprint(self) -> str:
        """Of what a form shows of the station: another one means that somebody changed it since."""
        shown = (self.number, self.place, self.latitude, self.longitude, self.special, self.in_use)
        return sha256(repr(shown).encode()).hexdigest()[:16]
