"""The police's class of a polling station, and how many stations of each class a region has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.elections.models import PollingStation
from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import User
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class StationClass(models.TextChoices):
    """How a polling station is exposed. The classes name their own scheme; they are not levels."""

    LOW = "low", _("Kurang rawan")
    RISK = "risk", _("Rawan")
    HIGH = "high", _("Sangat rawan")
    SPECIAL = "special", _("Khusus")


class StationReason(models.TextChoices):
    """Why a station is exposed: Bawaslu's indicators of 2024 by our numbering."""

    R1 = "R1", _("Pemilih disabilitas dalam DPT")
    R2 = "R2", _("Pemilih DPT yang tidak lagi memenuhi syarat")
    R3 = "R3", _("Pemilih pindahan")
    R4 = "R4", _("Pemenuh syarat yang tidak terdaftar")
    R5 = "R5", _("Petugas memilih di tempat lain")
    R6 = "R6", _("Riwayat pemungutan atau penghitungan ulang")
    K1 = "K1", _("Riwayat kekerasan")
    K2 = "K2", _("Intimidasi terhadap penyelenggara")
    K3 = "K3", _("Penolakan pemungutan suara")
    P1 = "P1", _("Riwayat pemberian uang atau barang di sekitar TPS")
    I1 = "I1", _("Penghinaan atau hasutan SARA")
    N1 = "N1", _("KPPS berkampanye")
    N2 = "N2", _("ASN, TNI/Polri, atau perangkat desa berpihak")
    L1 = "L1", _("Logistik rusak")
    L2 = "L2", _("Logistik kurang, lebih, atau tidak ada")
    L3 = "L3", _("Logistik terlambat")
    T1 = "T1", _("Sulit dijangkau")
    T2 = "T2", _("Rawan konflik")
    T3 = "T3", _("Rawan bencana")
    T4 = "T4", _("Dekat lembaga pendidikan dengan banyak pemilih")
    T5 = "T5", _("Dekat tambang atau pabrik")
    T6 = "T6", _("Dekat rumah calon atau posko tim")
    T7 = "T7", _("Lokasi khusus")
    J1 = "J1", _("Kendala internet")
    J2 = "J2", _("Kendala listrik")


class StationRatingQuerySet(GuardedQuerySet):
    """Queries on classes of stations."""

    def visible_to(self, by: Actor) -> StationRatingQuerySet:
        """Classes of stations in regions that the reader may see."""
        return self.filter(under("station__village_id", by.access.reads()))

    def current(self) -> StationRatingQuerySet:
        """Those in force."""
        return self.filter(valid_until=None)


class StationRating(GuardedModel):
    """The class of a station from one moment until the next."""

    station = models.ForeignKey(
        PollingStation, verbose_name=_("TPS"), on_delete=models.PROTECT, related_name="ratings"
    )
    risk_class = models.CharField(_("kelas"), max_length=7, choices=StationClass.choices)
    reasons = ArrayField(
        models.CharField(max_length=2, choices=StationReason.choices),
        verbose_name=_("alasan"),
        default=list,
        blank=True,
    )
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    author = models.ForeignKey(
        User,
        verbose_name=_("penilai"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="station_ratings",
    )
    author_name = models.CharField(_("nama penilai"), max_length=150)
    valid_from = models.DateTimeField(_("berlaku sejak"))
    valid_until = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)

    objects = StationRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("kelas TPS")
        verbose_name_plural = pgettext_lazy("jamak", "kelas TPS")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["station"], name="station_one_class_in_force", condition=Q(valid_until=None)
            ),
            models.CheckConstraint(
                name="station_class_ends_after_start",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="station_class_known", condition=Q(risk_class__in=StationClass.values)
            ),
            models.CheckConstraint(
                name="station_reasons_known",
                condition=Q(reasons__contained_by=StationReason.values),
            ),
            models.CheckConstraint(
                name="station_class_with_reason",
                condition=Q(risk_class="low") | ~Q(reasons=[]) | Q(note__regex=r"\S"),
                violation_error_message=_("Kelas di atas kurang rawan perlu alasan atau catatan."),
            ),
        ]
        indexes = [models.Index(fields=["station", "-valid_from"], name="station_class_history")]

    def __str__(self) -> str:
        return f"{self.station}: {self.get_risk_class_display()}"


class StationCountQuerySet(GuardedQuerySet):
    """Queries on counts."""

    def visible_to(self, by: Actor) -> StationCountQuerySet:
        """Counts of regions that the reader may see."""
        return self.filter(under("region_id", by.access.reads()))


class StationCount(GuardedModel):
    """How many stations of a class a kecamatan, regency or province has; kept at each write, so
    that no page counts stations. The class is empty for stations that have none."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.CASCADE, related_name="station_counts"
    )
    risk_class = models.CharField(
        _("kelas"), max_length=7, choices=StationClass.choices, blank=True
    )
    stations = models.PositiveIntegerField(_("jumlah TPS"))

    objects = StationCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("jumlah TPS")
        verbose_name_plural = pgettext_lazy("jamak", "jumlah TPS")
        ordering = ["region_id", "risk_class"]
        constraints = [
            models.UniqueConstraint(fields=["region", "risk_class"], name="station_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.risk_class}: {self.stations}"
