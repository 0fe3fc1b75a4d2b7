"""Units of the civil service, and how many of their people signed the neutrality pledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.lib.outbox import OutboxItem, OutboxQuerySet, constraints, due_index
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from datetime import datetime

    from forkopimda.lib.authority import Actor

#: Largest number of civil servants that one unit may state.
MOST_STAFF = 200_000
#: Official codes are numbers with points, such as 1.01.2.22; regions use others as well.
UNIT_CODE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._/-]*\Z",
    _("Kode hanya berisi huruf, angka, titik, garis, tanpa spasi."),
)


class SizeClass(models.TextChoices):
    """How large a unit is, so that cases are counted without naming it."""

    SMALL = "small", _("kurang dari 50 ASN")
    MEDIUM = "medium", _("50 sampai 199 ASN")
    LARGE = "large", _("200 ASN atau lebih")
    UNKNOWN = "unknown", _("tidak diketahui")


class CivilUnitQuerySet(GuardedQuerySet):
    """Queries on units."""

    def visible_to(self, by: Actor) -> CivilUnitQuerySet:
        """Units of the regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def within(self, code: str) -> CivilUnitQuerySet:
        """Units of the region `code` and of all that lies in it; an empty code: all."""
        return self.filter(region__code__startswith=code)

    def working(self) -> CivilUnitQuerySet:
        """Those that exist today."""
        return self.filter(is_active=True)

    def named(self, words: str) -> CivilUnitQuerySet:
        """Those whose name or code has the words in it."""
        return self.filter(Q(name__icontains=words) | Q(code__icontains=words))

    def reminded_since(self, moment: datetime, *, whether: bool) -> CivilUnitQuerySet:
        """Those that were reminded of their pledges since then, or (not `whether`) the others."""
        reminders = self.model._meta.get_field("reminders").related_model.objects
        sent = Exists(reminders.filter(unit=OuterRef("pk"), asked_at__gte=moment))
        return self.filter(sent if whether else ~sent)

    def behind(self) -> CivilUnitQuerySet:
        """Those that exist and have somebody who has not signed, or were never counted."""
        return self.working().filter(Q(signed=None) | Q(signed__lt=F("staff")))


class CivilUnit(GuardedModel):
    """A unit of the regional government in which civil servants work (perangkat daerah).

    `signed` and `counted_on` repeat its latest `Pledge`, so that lists and totals of many units
    read one table.
    """

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="civil_units"
    )
    code = models.CharField(_("kode"), max_length=30, validators=[UNIT_CODE])
    name = models.CharField(_("nama"), max_length=150)
    staff = models.PositiveIntegerField(
        _("jumlah ASN"), default=0, validators=[MaxValueValidator(MOST_STAFF)]
    )
    email = models.EmailField(
        _("surel unit"), blank=True, help_text=_("menerima pengingat ikrar netralitas")
    )
    is_active = models.BooleanField(_("masih ada"), default=True)
    signed = models.PositiveIntegerField(
        _("sudah menandatangani"), null=True, blank=True, editable=False
    )
    counted_on = models.DateField(_("keadaan tanggal"), null=True, blank=True, editable=False)

    objects = CivilUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit kerja ASN")
        verbose_name_plural = pgettext_lazy("jamak", "unit kerja ASN")
        ordering = ["region_id", "name"]  # "region" would join the regions for their own order
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                name="civilunit_code_once_per_region",
                violation_error_message=_("Kode unit ini sudah dipakai di wilayah tersebut."),
            ),
            models.CheckConstraint(
                name="civilunit_staff_plausible", condition=Q(staff__lte=MOST_STAFF)
            ),
            models.CheckConstraint(
                name="civilunit_count_whole",
                condition=Q(signed=None, counted_on=None)
                | Q(signed__isnull=False, counted_on__isnull=False, signed__lte=F("staff")),
            ),
        ]
        indexes = [models.Index(fields=["region", "name", "id"], name="civilunit_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def size_class(self) -> SizeClass:
        """How large it is."""
        if not self.staff:
            return SizeClass.UNKNOWN
        if self.staff < 50:
            return SizeClass.SMALL
        return SizeClass.MEDIUM if self.staff < 200 else SizeClass.LARGE

    @property
    def is_behind(self) -> bool:
        """Whether somebody has not signed, or nobody has counted."""
        return self.is_active and (self.signed is None or self.signed < self.staff)

    @property
    def percent(self) -> int | None:
        """How many of a hundred have signed, rounded down: 100 means everybody. None where
        nobody has counted or nobody works there."""
        if self.signed is None or not self.staff:
            return None
        return self.signed * 100 // self.staff


class PledgeQuerySet(GuardedQuerySet):
    """Queries on pledges."""

    def visible_to(self, by: Actor) -> PledgeQuerySet:
        """Pledges of units that the reader may see."""
        return self.filter(under("unit__region_id", by.access.reads()))


class Pledge(GuardedModel):
    """How many of a unit had signed on a day. Appended: the latest day counts."""

    unit = models.ForeignKey(
        CivilUnit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="pledges"
    )
    counted_on = models.DateField(_("keadaan tanggal"))
    signed = models.PositiveIntegerField(_("sudah menandatangani"))
    staff = models.PositiveIntegerField(_("jumlah ASN saat itu"))
    evidence = models.FileField(_("bukti"), upload_to="pledges/%Y/", max_length=200, blank=True)
    evidence_name = models.CharField(_("nama berkas bukti"), max_length=150, blank=True)
    evidence_type = models.CharField(_("jenis berkas bukti"), max_length=100, blank=True)
    noted_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    by_name = models.CharField(_("dicatat oleh"), max_length=150)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ikrar netralitas")
        verbose_name_plural = pgettext_lazy("jamak", "ikrar netralitas")
        ordering = ["unit", "-counted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="pledge_signed_of_staff", condition=Q(signed__lte=F("staff"))
            ),
            models.CheckConstraint(name="pledge_of_somebody", condition=Q(staff__gt=0)),
        ]
        indexes = [
            models.Index(fields=["unit", "-counted_on", "-id"], name="pledge_latest_of_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.signed}/{self.staff}"


class PledgeReminderQuerySet(OutboxQuerySet):
    """Queries on reminders to units."""

    def visible_to(self, by: Actor) -> PledgeReminderQuerySet:
        """Reminders to units that the reader may see."""
        return self.filter(under("unit__region_id", by.access.reads()))


class PledgeReminder(OutboxItem):
    """A mail to a unit that is behind with its pledges."""

    unit = models.ForeignKey(
        CivilUnit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="reminders"
    )
    signed = models.PositiveIntegerField(_("sudah menandatangani"))
    staff = models.PositiveIntegerField(_("jumlah ASN saat itu"))
    asked_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    by_name = models.CharField(_("diminta oleh"), max_length=150)

    objects = PledgeReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengingat ikrar")
        verbose_name_plural = pgettext_lazy("jamak", "pengingat ikrar")
        ordering = ["-id"]
        constraints = [*constraints("pledgereminder")]
        indexes = [due_index("pledgereminder_due")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.asked_at:%d-%m-%Y}"

    @property
    def born_at(self) -> datetime:
        """When it was asked for."""
        return self.asked_at
