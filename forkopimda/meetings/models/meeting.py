"""The meeting itself: what for, where, when, how far its plan and its minutes have come."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Institution, Role, User
from forkopimda.regions.models import Region, under

from .words import LANGUAGE, terms

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


class Stage(models.TextChoices):
    """How far the plan has come."""

    DRAFT = "draft", _("Draf")
    SENT = "sent", _("Undangan terkirim")
    CANCELLED = "cancelled", _("Dibatalkan")


class MinutesState(models.TextChoices):
    """Whether the minutes may be written."""

    OPEN = "open", _("Ditulis")
    APPROVED = "approved", _("Disetujui")
    CORRECTING = "correcting", _("Dikoreksi")


class MeetingQuerySet(GuardedQuerySet):
    """Queries on meetings."""

    def visible_to(self, by: Actor) -> MeetingQuerySet:
        """Meetings of the regions that one of the reader's roles covers.

        A role in a kecamatan does not cover the meetings of its regency. A draft is the
        secretariat's and the auditor's; a restricted meeting also its invitees'.
        """
        covered = self.filter(under("region_id", by.access.scopes(*Role.values)))
        keepers = under("region_id", by.access.scopes(Role.SECRETARIAT, Role.AUDITOR))
        readable = Q(restricted=False)
        if isinstance(by, User) and by.institution_id:
            invited = self._parts("attendances", institution=by.institution_id, removed_at=None)
            readable |= Q(pk__in=invited)
        return covered.filter(keepers | (Q(sent_at__isnull=False) & readable))

    def within(self, code: str) -> MeetingQuerySet:
        """Meetings of the region `code` and of all that lies in it; an empty code: all."""
        return self.filter(region__code__startswith=code)

    def upcoming(self) -> MeetingQuerySet:
        """Those that have not ended and are not cancelled, the next one first."""
        return (
            self.filter(ends_at__gte=timezone.now())
            .exclude(stage=Stage.CANCELLED)
            .order_by("starts_at", "pk")
        )

    def past(self) -> MeetingQuerySet:
        """Those that have ended, newest first."""
        return self.filter(ends_at__lt=timezone.now())

    def matching(self, words: str) -> MeetingQuerySet:
        """Those whose title, place, agenda, minutes or decisions hold all the words; none: all.

        Each word may stand in another part. Words are searched as Indonesian text, so that
        "pengamanan" finds "keamanan"; quotation marks keep words together, a minus leaves out.
        """
        found = self
        for term in terms(words):
            holds = (
                Q(words=term.query)
                | Q(pk__in=self._parts("agenda", words=term.query))
                | Q(pk__in=self._parts("decisions", words=term.query))
            )
            found = found.filter(term.says_nothing | (holds if term.wanted else ~holds))
        return found

    def _parts(self, relation: str, **conditions: Any) -> models.QuerySet[Any, Any]:
        """Keys of the meetings that have such a part, without a join to the meetings."""
        model: Any = self.model._meta.get_field(relation).related_model
        return model.objects.filter(**conditions).order_by().values("meeting")


def new_key() -> str:
    """A secret of 128 bits for an address that nobody can guess."""
    return secrets.token_urlsafe(16)


#: What the plan's form holds.
PLANNED = (
    *("region_id", "title", "kind", "place", "starts_at", "ends_at"),
    *("chair_id", "quorum", "restricted", "note"),
)


class Meeting(GuardedModel):
    """A meeting of a region's leaders."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="meetings"
    )
    title = models.CharField(_("judul"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind.choices, default=Kind.FORUM)
    place = models.CharField(_("tempat"), max_length=200)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(pgettext_lazy("waktu", "selesai"))
    note = models.TextField(_("keterangan"), max_length=2000, blank=True)
    chair = models.ForeignKey(
        Institution,
        verbose_name=_("pimpinan rapat"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chaired_meetings",
        help_text=_("lembaga yang memimpin dan menyetujui notulen"),
    )
    restricted = models.BooleanField(
        _("tertutup"), default=False, help_text=_("hanya dibaca oleh yang diundang")
    )
    quorum = models.PositiveSmallIntegerField(
        _("kuorum"), null=True, blank=True, help_text=_("kosong: lebih dari separuh undangan")
    )

    stage = models.CharField(_("tahap"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("urutan undangan"), default=0, editable=False)
    sent_at = models.DateTimeField(_("undangan dikirim"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    cancel_reason = models.CharField(_("alasan pembatalan"), max_length=300, blank=True)
    checkin_key = models.CharField(max_length=40, default=new_key, unique=True, editable=False)
    minutes_state = models.CharField(
        _("keadaan notulen"),
        max_length=10,
        choices=MinutesState.choices,
        default=MinutesState.OPEN,
    )
    correction_reason = models.CharField(_("alasan koreksi"), max_length=300, blank=True)
    words = models.GeneratedField(
        expression=SearchVector("title", "place", config=LANGUAGE),
        output_field=SearchVectorField(),
        db_persist=True,
    )

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
            models.CheckConstraint(
                name="meeting_stage_known",
                condition=Q(stage="draft", sent_at=None)
                | Q(stage="sent", sent_at__isnull=False)
                | Q(stage="cancelled", cancelled_at__isnull=False, cancel_reason__regex=HAS_TEXT),
            ),
            models.CheckConstraint(
                name="meeting_minutes_state_known",
                condition=Q(minutes_state__in=["open", "approved"])
                | Q(minutes_state="correcting", correction_reason__regex=HAS_TEXT),
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="meeting_latest"),
            models.Index(fields=["region", "-starts_at"], name="meeting_region"),
            models.Index(fields=["ends_at"], name="meeting_end"),
            GinIndex(fields=["words"], name="meeting_words"),
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
    def plan_mark(self) -> str:
        """A mark of the plan as it stands: two people who saw the same plan saw the same mark."""
        plan = [getattr(self, name) for name in PLANNED]
        return hashlib.sha256(repr(plan).encode()).hexdigest()

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

    @property
    def is_closed(self) -> bool:
        """Whether not all who serve in its region may read it: restricted, or never sent."""
        return self.restricted or self.sent_at is None

    @property
    def may_change(self) -> bool:
        """Whether plan, agenda and invitees may be changed at all."""
        return self.minutes_open and self.stage != Stage.CANCELLED

    @property
    def has_started(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= timezone.now()

    @property
    def minutes_open(self) -> bool:
        """Whether agenda, minutes and decisions may be changed."""
        return self.minutes_state != MinutesState.APPROVED


class PartQuerySet(GuardedQuerySet):
    """Queries on what belongs to a meeting."""

    def visible_to(self, by: Actor) -> PartQuerySet:
        """Parts of the meetings that the reader may open."""
        return self.filter(meeting__in=Meeting.objects.visible_to(by).order_by().values("pk"))
