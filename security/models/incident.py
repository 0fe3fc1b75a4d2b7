"""Incidents: what happened where, and how far the work on it has come."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.alerts.models import Severity as AlertSeverity
from forkopimda.elections.models import PollingStation
from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import User
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, at_level, under
from forkopimda.regions.places import Point, on_earth

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

PEOPLE_MOST = 100_000


class Category(models.TextChoices):
    """What kind of disturbance it is."""

    PROTEST = "protest", _("Unjuk rasa")
    CLASH = "clash", _("Bentrok antarpendukung")
    INTIMIDATION = "intimidation", _("Intimidasi atau kekerasan pada pemilih atau petugas")
    MONEY_POLITICS = "money_politics", _("Politik uang")
    HOAX = "hoax", _("Hoaks, ujaran kebencian, SARA")
    LOGISTICS = "logistics", _("Gangguan logistik")
    VOTER_LIST = "voter_list", _("Sengketa daftar pemilih")
    RESULT = "result", _("Penolakan atau manipulasi hasil")
    VOTING = "voting", _("Gangguan atau penghentian pemungutan")
    CRIME = "crime", _("Kriminalitas")
    TERROR = "terror", _("Teror atau sabotase")
    DISASTER = "disaster", _("Bencana atau cuaca")
    NETWORK = "network", _("Gangguan listrik, internet, atau komunikasi")
    HEALTH = "health", _("Petugas sakit, kecelakaan, atau meninggal")
    CAMPAIGN_MATERIAL = "campaign_material", _("Perusakan alat peraga")
    NEUTRALITY = "neutrality", _("Dugaan pelanggaran netralitas")
    OTHER = "other", _("Lainnya")


class IncidentSeverity(models.TextChoices):
    """How grave an incident is."""

    MINOR = "minor", pgettext_lazy("keparahan insiden", "Ringan")
    MODERATE = "moderate", pgettext_lazy("keparahan insiden", "Sedang")
    SEVERE = "severe", pgettext_lazy("keparahan insiden", "Berat")
    CRITICAL = "critical", pgettext_lazy("keparahan insiden", "Kritis")

    @property
    def rank(self) -> int:
        """1 to 4; a higher rank is graver."""
        return list(IncidentSeverity).index(self) + 1


#: CAP 1.2 severity of the alert that a grave incident raises. Lighter ones raise none.
ALERTED = {
    IncidentSeverity.SEVERE: AlertSeverity.SEVERE,
    IncidentSeverity.CRITICAL: AlertSeverity.EXTREME,
}


class IncidentState(models.TextChoices):
    """How far the work on an incident has come."""

    REPORTED = "reported", _("Dilaporkan")
    VERIFIED = "verified", _("Diverifikasi")
    HANDLED = "handled", _("Ditangani")
    REFERRED = "referred", _("Dirujuk")
    CLOSED = "closed", _("Selesai")
    REJECTED = "rejected", _("Laporan tidak benar")
    DUPLICATE = "duplicate", _("Duplikat")


#: Which states may follow which. What is not listed here is refused.
FLOW: dict[str, tuple[str, ...]] = {
    IncidentState.REPORTED: ("verified", "rejected", "duplicate"),
    IncidentState.VERIFIED: ("handled", "referred", "closed", "rejected", "duplicate"),
    IncidentState.HANDLED: ("referred", "closed"),
    IncidentState.REFERRED: ("handled", "closed"),
    IncidentState.CLOSED: ("handled",),
    IncidentState.REJECTED: ("reported",),
    IncidentState.DUPLICATE: ("reported",),
}
#: States of what really happened: they count in early warnings and on the map.
CONFIRMED = ("verified", "handled", "referred", "closed")
#: States that still ask for work.
UNFINISHED = ("reported", "verified", "handled", "referred")


class Referral(models.TextChoices):
    """To whom an incident is passed on."""

    POLRES = "polres", "Polres"
    BAWASLU = "bawaslu", "Bawaslu"
    GAKKUMDU = "gakkumdu", "Sentra Gakkumdu"
    BPBD = "bpbd", "BPBD"
    HEALTH = "dinkes", _("Dinas Kesehatan")
    KPU = "kpu", "KPU"


class IncidentQuerySet(GuardedQuerySet):
    """Queries on incidents."""

    def visible_to(self, by: Actor) -> IncidentQuerySet:
        """Incidents in regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def within(self, code: str) -> IncidentQuerySet:
        """Incidents in the region `code`; an empty code: all."""
        return self.filter(region__code__startswith=code)

    def confirmed(self) -> IncidentQuerySet:
        """Those that were verified and not rejected since."""
        return self.filter(state__in=CONFIRMED)

    def unfinished(self) -> IncidentQuerySet:
        """Those that still ask for work."""
        return self.filter(state__in=UNFINISHED)


class Incident(GuardedModel):
    """One incident. Its words stay as reported; what is learned later is a step."""

    key = models.UUIDField(
        _("kunci kirim"),
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("dibuat di ponsel; laporan yang dikirim dua kali dicatat sekali"),
    )
    number = models.CharField(_("nomor"), max_length=30, unique=True)
    register = models.CharField(
        _("register"), max_length=5, help_text=_("kode kabupaten yang menomori")
    )
    year = models.PositiveSmallIntegerField(_("tahun register"))
    serial = models.PositiveIntegerField(_("nomor urut"))
    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,
        related_name="incidents",
        help_text=_("kecamatan, atau desa/kelurahan bila diketahui"),
    )
    station = models.ForeignKey(
        PollingStation,
        verbose_name=_("TPS"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
    )
    category = models.CharField(_("jenis"), max_length=20, choices=Category.choices)
    severity = models.CharField(_("keparahan"), max_length=10, choices=IncidentSeverity.choices)
    description = models.TextField(_("kejadian"), max_length=4000)
    occurred_at = models.DateTimeField(_("waktu kejadian"))
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(_("ketelitian titik (meter)"), null=True, blank=True)
    place = models.CharField(_("keterangan tempat"), max_length=200, blank=True)
    people = models.PositiveIntegerField(
        _("perkiraan orang terlibat"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(PEOPLE_MOST)],
    )
    state = models.CharField(
        _("keadaan"),
        max_length=10,
        choices=IncidentState.choices,
        default=IncidentState.REPORTED,
    )
    referred_to = models.CharField(
        _("dirujuk kepada"), max_length=10, choices=Referral.choices, blank=True
    )
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("duplikat dari"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
    )
    reporter = models.ForeignKey(
        User,
        verbose_name=_("pelapor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
    )
    reporter_name = models.CharField(_("nama pelapor"), max_length=150)
    reported_at = models.DateTimeField(_("diterima"), auto_now_add=True)
    verified_at = models.DateTimeField(_("diverifikasi"), null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("insiden")
        verbose_name_plural = pgettext_lazy("jamak", "insiden")
        ordering = ["-occurred_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "serial"], name="incident_serial_once"
            ),
            models.CheckConstraint(
                name="incident_category_known", condition=Q(category__in=Category.values)
            ),
            models.CheckConstraint(
                name="incident_severity_known", condition=Q(severity__in=IncidentSeverity.values)
            ),
            models.CheckConstraint(
                name="incident_state_known", condition=Q(state__in=IncidentState.values)
            ),
            models.CheckConstraint(
                name="incident_has_words", condition=Q(description__regex=r"\S")
            ),
            models.CheckConstraint(name="incident_point_on_earth", condition=on_earth()),
            models.CheckConstraint(
                name="incident_in_kecamatan_or_village",
                condition=at_level("region", RegionLevel.KECAMATAN, RegionLevel.VILLAGE),
            ),
            models.CheckConstraint(
                name="incident_people_in_range",
                condition=Q(people=None) | Q(people__lte=PEOPLE_MOST),
            ),
            models.CheckConstraint(
                name="incident_duplicate_named",
                condition=Q(state="duplicate", duplicate_of__isnull=False)
                | (~Q(state="duplicate") & Q(duplicate_of=None)),
            ),
            models.CheckConstraint(
                name="incident_not_its_own_duplicate",
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=models.F("id")),
            ),
            models.CheckConstraint(
                name="incident_confirmed_with_time",
                condition=~Q(state__in=CONFIRMED) | Q(verified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_referred_to_somebody",
                condition=~Q(state="referred") | ~Q(referred_to=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-occurred_at", "-id"], name="incident_latest"),
            models.Index(fields=["region", "-occurred_at"], name="incident_region"),
            models.Index(
                fields=["region", "-occurred_at"],
                name="incident_unfinished",
                condition=Q(state__in=UNFINISHED),
            ),
            GistIndex(Point(), name="incident_point", condition=Q(latitude__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_category_display()}"

    @property
    def next_states(self) -> tuple[str, ...]:
        """States that may follow."""
        return FLOW[self.state]
