"""What follows from a meeting: who does what by when, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Institution
from forkopimda.regions.models import Region

from .agenda import AgendaItem, Decision
from .meeting import HAS_TEXT, Meeting, PartQuerySet

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.lib.authority import Actor


class FollowUpState(models.TextChoices):
    """How far a follow-up has come."""

    OPEN = "open", _("Terbuka")
    IN_PROGRESS = "in_progress", _("Dikerjakan")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


UNFINISHED = (FollowUpState.OPEN, FollowUpState.IN_PROGRESS)


class FollowUpQuerySet(PartQuerySet):
    """Queries on follow-ups."""

    def unfinished(self) -> FollowUpQuerySet:
        """Those still to be done."""
        return self.filter(state__in=UNFINISHED)

    def overdue(self, day: date | None = None) -> FollowUpQuerySet:
        """Those still to be done whose day has passed."""
        return self.unfinished().filter(due_on__lt=day or timezone.localdate())


class FollowUp(GuardedModel):
    """A task that a meeting gave to an institution."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("keputusan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("acara"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    place = models.ForeignKey(
        Region,
        verbose_name=_("kecamatan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
    )
    task = models.CharField(_("tindak lanjut"), max_length=500)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("penanggung jawab"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    person = models.CharField(_("pelaksana"), max_length=120, blank=True)
    due_on = models.DateField(_("tenggat"))
    state = models.CharField(
        _("keadaan"),
        max_length=12,
        choices=FollowUpState.choices,
        default=FollowUpState.OPEN,
    )
    evidence = models.TextField(_("bukti"), max_length=2000, blank=True)
    cancel_reason = models.CharField(_("alasan pembatalan"), max_length=300, blank=True)
    finished_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    created_at = models.DateTimeField(_("dicatat"), auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindak lanjut")
        verbose_name_plural = pgettext_lazy("jamak", "tindak lanjut")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(name="followup_has_task", condition=Q(task__regex=HAS_TEXT)),
            models.CheckConstraint(
                name="followup_state_with_its_record",
                condition=Q(state__in=["open", "in_progress"], finished_at=None)
                | Q(state="done", finished_at__isnull=False, evidence__regex=HAS_TEXT)
                | Q(state="cancelled", finished_at__isnull=False, cancel_reason__regex=HAS_TEXT),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="followup_unfinished",
                condition=Q(state__in=["open", "in_progress"]),
            ),
            models.Index(fields=["institution", "state", "due_on"], name="followup_institution"),
            models.Index(fields=["meeting", "id"], name="followup_meeting"),
        ]

    def __str__(self) -> str:
        return self.task

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.state in UNFINISHED and self.due_on < timezone.localdate()


class OfFollowUpQuerySet(GuardedQuerySet):
    """Queries on what belongs to a follow-up."""

    def visible_to(self, by: Actor) -> OfFollowUpQuerySet:
        """What belongs to follow-ups of meetings that the reader may open."""
        return self.filter(
            follow_up__meeting__in=Meeting.objects.visible_to(by).order_by().values("pk")
        )


class FollowUpNote(GuardedModel):
    """A step or remark in the life of a follow-up; a trigger keeps it as written."""

    follow_up = models.ForeignKey(
        FollowUp, verbose_name=_("tindak lanjut"), on_delete=models.PROTECT, related_name="notes"
    )
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    by_name = models.CharField(_("oleh"), max_length=150)
    text = models.TextField(_("catatan"), max_length=2000, blank=True)
    state = models.CharField(_("menjadi"), max_length=12, choices=FollowUpState.choices, blank=True)

    objects = OfFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan tindak lanjut")
        verbose_name_plural = pgettext_lazy("jamak", "catatan tindak lanjut")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="followupnote_says_something",
                condition=Q(text__regex=HAS_TEXT) | ~Q(state=""),
            )
        ]

    def __str__(self) -> str:
        return self.text or self.get_state_display()


class ReminderStep(models.TextChoices):
    """When a follow-up is called to mind."""

    BEFORE = "before", _("menjelang tenggat")
    DUE = "due", _("pada hari tenggat")
    OVERDUE = "overdue", _("lewat tenggat")
    CHAIR = "chair", _("disampaikan kepada pimpinan")


class Reminder(GuardedModel):
    """A reminder that was given. One per step and due date, by a constraint: whatever restarts."""

    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("tindak lanjut"),
        on_delete=models.PROTECT,
        related_name="reminders",
    )
    step = models.CharField(_("langkah"), max_length=8, choices=ReminderStep.choices)
    due_on = models.DateField(_("tenggat"))
    given_at = models.DateTimeField(_("diberikan"), auto_now_add=True)

    objects = OfFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengingat")
        verbose_name_plural = pgettext_lazy("jamak", "pengingat")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "step", "due_on"], name="reminder_once_per_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up}: {self.get_step_display()}"
