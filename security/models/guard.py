"""Guards: units with their strength, and where their people are posted for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, ancestors, at_level, under

from .rating import TimeRange

if TYPE_CHECKING:
    from datetime import datetime

    from forkopimda.lib.authority import Actor

STRENGTH_MOST = 20_000


class UnitKind(models.TextChoices):
    """To which force a unit belongs."""

    POLSEK = "polsek", "Polsek"
    POLRES = "polres", "Polres"
    BRIMOB = "brimob", "Brimob"
    KORAMIL = "koramil", "Koramil"
    SATPOL_PP = "satpol_pp", "Satpol PP"
    LINMAS = "linmas", "Linmas"
    RESERVE = "reserve", pgettext_lazy("satuan", "Cadangan")


#: Kinds that count towards the police whom a station's class asks for.
POLICE = (UnitKind.POLSEK, UnitKind.POLRES, UnitKind.BRIMOB, UnitKind.RESERVE)
#: What a posting of a kind counts as: "police", "linmas", "tni" or "satpol_pp".
FORCES: dict[str, str] = {
    **dict.fromkeys(POLICE, "police"),
    UnitKind.LINMAS: "linmas",
    UnitKind.KORAMIL: "tni",
    UnitKind.SATPOL_PP: "satpol_pp",
}


class UnitQuerySet(GuardedQuerySet):
    """Queries on units."""

    def visible_to(self, by: Actor) -> UnitQuerySet:
        """Units of regions that the reader may see, and of those that contain them: a province's
        unit may be posted in each of its regencies."""
        scopes = by.access.reads()
        above = {code for scope in scopes if scope for code in ancestors(scope)}
        return self.filter(under("region_id", scopes) | Q(region__in=above))

    def within(self, code: str) -> UnitQuerySet:
        """Units of the region `code` and of all that lies in it."""
        return self.filter(region__code__startswith=code)

    def serving(self, code: str) -> UnitQuerySet:
        """Units that may be posted in the region `code`: those of its regency (of the region
        itself, where it is wider) and of all that contains that. An empty code: all."""
        own = code[:REGENCY_LENGTH]
        if not own:
            return self
        return self.filter(Q(region__code__startswith=own) | Q(region__in=ancestors(own)))

    def in_use(self) -> UnitQuerySet:
        """Those that have not been given up."""
        return self.filter(in_use=True)


class Unit(GuardedModel):
    """A unit that posts people."""

    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,
        related_name="units",
        help_text=_("kabupaten, atau kecamatan untuk Polsek dan Koramil"),
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=UnitKind.choices)
    name = models.CharField(_("nama"), max_length=120)
    strength = models.PositiveIntegerField(
        _("kekuatan (orang)"),
        validators=[MinValueValidator(1), MaxValueValidator(STRENGTH_MOST)],
    )
    phone = models.CharField(
        _("telepon piket"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[+0-9][0-9 ()-]{2,28}$", _("Contoh: 0622 123456 atau 110."))],
    )
    in_use = models.BooleanField(_("aktif"), default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("satuan pengamanan")
        verbose_name_plural = pgettext_lazy("jamak", "satuan pengamanan")
        ordering = ["region_id", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="unit_name_once_per_region",
                violation_error_message=_("Satuan dengan nama ini sudah ada di wilayah itu."),
            ),
            models.CheckConstraint(name="unit_kind_known", condition=Q(kind__in=UnitKind.values)),
            models.CheckConstraint(
                name="unit_strength_in_range",
                condition=Q(strength__gte=1, strength__lte=STRENGTH_MOST),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dial(self) -> str:
        """The duty phone as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")


class PostingQuerySet(GuardedQuerySet):
    """Queries on postings."""

    def visible_to(self, by: Actor) -> PostingQuerySet:
        """Postings in regions that the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def standing(self) -> PostingQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def at(self, moment: datetime) -> PostingQuerySet:
        """Those in force at `moment`; one withdrawn on its way counts up to its withdrawal."""
        return self.filter(
            Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment),
            starts_at__lte=moment,
            ends_at__gt=moment,
        )

    def during(self, starts_at: datetime, ends_at: datetime) -> PostingQuerySet:
        """Standing ones of which some part lies between the two moments."""
        return self.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Posting(GuardedModel):
    """People of a unit in a kecamatan, or at stations of it, from one moment to another.

    A trigger refuses more people at any moment than the unit has, and any change but the
    withdrawal (migration 0005).
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("satuan"), on_delete=models.PROTECT, related_name="postings"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("kecamatan"), on_delete=models.PROTECT, related_name="postings"
    )
    people = models.PositiveIntegerField(_("jumlah orang"), validators=[MinValueValidator(1)])
    #: How many stations it guards: kept, so that a country's postings are added up in one pass.
    stations = models.PositiveSmallIntegerField(_("jumlah TPS"), default=0)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("sampai"))
    note = models.CharField(_("tugas"), max_length=300, blank=True)
    made_by_name = models.CharField(_("ditetapkan oleh"), max_length=150)
    made_at = models.DateTimeField(_("ditetapkan"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("penempatan")
        verbose_name_plural = pgettext_lazy("jamak", "penempatan")
        ordering = ["region_id", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="posting_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Akhir penempatan harus sesudah mulainya."),
            ),
            models.CheckConstraint(name="posting_has_people", condition=Q(people__gte=1)),
            models.CheckConstraint(
                name="posting_in_a_kecamatan", condition=at_level("region", RegionLevel.KECAMATAN)
            ),
        ]
        indexes = [
            models.Index(fields=["region", "starts_at"], name="posting_region"),
            models.Index(
                fields=["unit", "starts_at"], name="posting_unit", condition=Q(withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.people}, {self.region}"

    @property
    def state(self) -> str:
        """ "withdrawn", "past", "present" or "coming"."""
        now = timezone.now()
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.ends_at <= now:
            return "past"
        return "present" if self.starts_at <= now else "coming"

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether it stands and has not ended."""
        return self.state in {"present", "coming"}


class PostingStationQuerySet(GuardedQuerySet):
    """Queries on guarded stations."""

    def visible_to(self, by: Actor) -> PostingStationQuerySet:
        """Stations of the postings that the reader may see."""
        return self.filter(under("posting__region_id", by.access.reads()))


class PostingStation(GuardedModel):
    """A station that a posting guards. Unit and period are the posting's own: a trigger copies
    them, so that the constraint can compare them (migrations 0004 and 0005)."""

    posting = models.ForeignKey(
        Posting, verbose_name=_("penempatan"), on_delete=models.CASCADE, related_name="guarded"
    )
    station = models.ForeignKey(
        PollingStation, verbose_name=_("TPS"), on_delete=models.PROTECT, related_name="guarded"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("satuan"), on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("sampai"))
    standing = models.BooleanField(_("berlaku"), default=True)

    objects = PostingStationQuerySet.as_manager()

    class Meta:
        verbose_name = _("TPS yang dijaga")
        verbose_name_plural = pgettext_lazy("jamak", "TPS yang dijaga")
        ordering = ["posting_id", "station_id"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "station"], name="posting_station_once"),
            ExclusionConstraint(
                name="unit_not_posted_twice_to_a_station",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("station", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(standing=True),
                violation_error_message=_(
                    "Satuan ini sudah ditempatkan di TPS itu pada sebagian waktu tersebut."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.station}"
