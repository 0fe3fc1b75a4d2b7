"""A meeting, the points of its agenda with their minutes, and who attended."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Institution, Official, Role
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.lib.authority import Actor

HAS_TEXT = r"\S"


class Kind(models.TextChoices):
    """What a meeting is for."""

    FORUM = "forum", _("Rapat koordinasi Forkopimda")
    DISTRICT_FORUM = "district_forum", _("Rapat koordinasi Forkopimcam")
    DESK = "desk", _("Rapat harian Desk Pilkada")
    EMERGENCY = "emergency", _("Rapat darurat")
    EVALUATION = "evaluation", _("Rapat evaluasi")


class MeetingQuerySet(GuardedQuerySet):
    """Queries on meetings."""

    def visible_to(self, by: Actor) -> MeetingQuerySet:
        """Meetings of the regions that one of the reader's roles covers.

        A role in a kecamatan does not cover the meetings of its regency.
        """
        return self.filter(under("region_id", by.access.scopes(*Role.values)))

    def within(self, code: str) -> MeetingQuerySet:
        """Meetings of the region `code` and of all that lies in it; an empty code: all."""
        return self.filter(region__code__startswith=code)

    def upcoming(self) -> MeetingQuerySet:
        """Those that have not ended, the next one first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> MeetingQuerySet:
        """Those that have ended, newest first."""
        return self.filter(ends_at__lt=timezone.now())

    def titled(self, words: str) -> MeetingQuerySet:
        """Those whose title contains `words`; without words: all."""
        return self.filter(title__icontains=words) if words else self


class Meeting(GuardedModel):
    """A meeting of a region's leaders."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="meetings"
    )
    title = models.CharField(_("judul"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind.choices, default=Kind.FORUM)
    place = models.CharField(_("tempat"), max_length=200)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    note = models.TextField(_("keterangan"), max_length=2000, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapat")
        verbose_name_plural = pgettext_lazy("jamak", "rapat")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="meeting_has_title_and_place",
                condition=Q(title__regex=HAS_TEXT, place__regex=HAS_TEXT),
            ),
            models.CheckConstraint(name="meeting_kind_known", condition=Q(kind__in=Kind.values)),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="meeting_latest"),
            models.Index(fields=["region", "-starts_at"], name="meeting_region"),
            models.Index(fields=["ends_at"], name="meeting_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Says beside which field the times contradict each other."""
        moments = [self.starts_at, self.ends_at]
        if None not in moments and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Waktu selesai harus sesudah waktu mulai.")})

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the region, in which the meeting's times are written."""
        return ZoneInfo(self.region.time_zone)

    @property
    def day(self) -> date:
        """The day on which it starts, where it takes place."""
        return timezone.localtime(self.starts_at, self.zone).date()

    @property
    def ends_same_day(self) -> bool:
        """Whether it ends on the day on which it starts."""
        return timezone.localtime(self.ends_at, self.zone).date() == self.day

    @property
    def is_upcoming(self) -> bool:
        """Whether it has not ended."""
        return self.ends_at >= timezone.now()


class PartQuerySet(GuardedQuerySet):
    """Queries on what belongs to a meeting."""

    def visible_to(self, by: Actor) -> PartQuerySet:
        """Parts of the meetings that the reader may open."""
        return self.filter(under("meeting__region_id", by.access.scopes(*Role.values)))


class AgendaItem(GuardedModel):
    """One point of a meeting's agenda, with what was said."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="agenda"
    )
    number = models.PositiveSmallIntegerField(_("nomor"), validators=[MinValueValidator(1)])
    title = models.CharField(_("acara"), max_length=200)
    minutes = models.TextField(_("notulen"), max_length=20_000, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("acara rapat")
        verbose_name_plural = pgettext_lazy("jamak", "acara rapat")
        ordering = ["meeting_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="agenda_number_once_per_meeting",
                violation_error_message=_("Nomor acara ini sudah dipakai pada rapat tersebut."),
            ),
            models.CheckConstraint(name="agenda_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="agenda_has_title", condition=Q(title__regex=HAS_TEXT)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Status(models.TextChoices):
    """Whether somebody invited came."""

    NO_REPLY = "no_reply", _("Belum konfirmasi")
    PRESENT = "present", _("Hadir")
    REPRESENTED = "represented", _("Diwakili")
    EXCUSED = "excused", _("Izin")
    ABSENT = "absent", _("Tidak hadir")


class Attendance(GuardedModel):
    """An institution is invited to a meeting: who held its office then, and whether they came."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="attendances"
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("lembaga"), on_delete=models.PROTECT, related_name="attendances"
    )
    official = models.ForeignKey(
        Official,
        verbose_name=_("pejabat"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
    )
    title = models.CharField(_("jabatan saat itu"), max_length=80)
    status = models.CharField(
        _("kehadiran"), max_length=12, choices=Status.choices, default=Status.NO_REPLY
    )
    representative_name = models.CharField(_("nama wakil"), max_length=120, blank=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = pgettext_lazy("jamak", "kehadiran")
        ordering = ["meeting_id", "institution__position", "institution__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "institution", "official"],
                name="attendance_once_per_meeting",
                nulls_distinct=False,
                violation_error_message=_("Lembaga dan pejabat ini sudah diundang."),
            ),
            models.CheckConstraint(
                name="attendance_represented_by_name",
                condition=Q(status="represented", representative_name__regex=HAS_TEXT)
                | (~Q(status="represented") & Q(representative_name="")),
            ),
            models.CheckConstraint(
                name="attendance_status_known", condition=Q(status__in=Status.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_status_display()}"

    def clean(self) -> None:
        """Says beside which field the name of a representative is missing or out of place."""
        represented = self.status == Status.REPRESENTED
        if represented and not self.representative_name.strip():
            raise ValidationError({"representative_name": _("Tuliskan nama yang mewakili.")})
        if self.representative_name and not represented:
            raise ValidationError(
                {"representative_name": _("Hanya diisi bila kehadirannya diwakili.")}
            )
