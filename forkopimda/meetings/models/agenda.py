"""The points of a meeting's agenda with their minutes, and what was decided."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel

from .meeting import HAS_TEXT, Meeting, PartQuerySet
from .words import LANGUAGE


class AgendaItem(GuardedModel):
    """One point of a meeting's agenda, with what was said."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="agenda"
    )
    number = models.PositiveSmallIntegerField(_("nomor"), validators=[MinValueValidator(1)])
    title = models.CharField(_("acara"), max_length=200)
    presenter = models.CharField(_("penyaji"), max_length=120, blank=True)
    minutes = models.TextField(_("notulen"), max_length=20_000, blank=True)
    minutes_version = models.PositiveIntegerField(_("versi notulen"), default=0, editable=False)
    minutes_by = models.CharField(_("penulis terakhir"), max_length=150, blank=True)
    minutes_at = models.DateTimeField(_("ditulis"), null=True, blank=True)
    carried_from = models.ForeignKey(
        "meetings.FollowUp",
        verbose_name=_("dari tindak lanjut"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
    )
    words = models.GeneratedField(
        expression=SearchVector("title", "minutes", config=LANGUAGE),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("acara rapat")
        verbose_name_plural = pgettext_lazy("jamak", "acara rapat")
        ordering = ["meeting_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="agenda_number_once_per_meeting",
                deferrable=models.Deferrable.DEFERRED,  # two points may change places
                violation_error_message=_("Nomor acara ini sudah dipakai pada rapat tersebut."),
            ),
            models.CheckConstraint(name="agenda_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="agenda_has_title", condition=Q(title__regex=HAS_TEXT)),
        ]
        indexes = [GinIndex(fields=["words"], name="agenda_words")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Decision(GuardedModel):
    """What the meeting decided, numbered within it."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("acara"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    number = models.PositiveSmallIntegerField(_("nomor"), validators=[MinValueValidator(1)])
    text = models.TextField(_("keputusan"), max_length=4000)
    words = models.GeneratedField(
        expression=SearchVector("text", config=LANGUAGE),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("keputusan")
        verbose_name_plural = pgettext_lazy("jamak", "keputusan")
        ordering = ["meeting_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="decision_number_once_per_meeting"
            ),
            models.CheckConstraint(name="decision_has_text", condition=Q(text__regex=HAS_TEXT)),
        ]
        indexes = [GinIndex(fields=["words"], name="decision_words")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
