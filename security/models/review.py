"""Which reminders of a rating's review were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import under

from .rating import RiskRating

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class ReviewStep(models.TextChoices):
    """When a rating is called to mind."""

    DUE = "due", _("pada hari tinjauan")
    OVERDUE = "overdue", _("lewat hari tinjauan")


class ReviewReminderQuerySet(GuardedQuerySet):
    """Queries on reminders of reviews."""

    def visible_to(self, by: Actor) -> ReviewReminderQuerySet:
        """Reminders of ratings that the reader may see."""
        return self.filter(under("rating__region_id", by.access.reads()))


class ReviewReminder(GuardedModel):
    """A reminder that was given. One per rating and step, by a constraint: whatever restarts."""

    rating = models.ForeignKey(
        RiskRating,
        verbose_name=_("penilaian"),
        on_delete=models.PROTECT,
        related_name="review_reminders",
    )
    step = models.CharField(_("langkah"), max_length=7, choices=ReviewStep.choices)
    given_at = models.DateTimeField(_("diberikan"), auto_now_add=True)

    objects = ReviewReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengingat tinjauan")
        verbose_name_plural = pgettext_lazy("jamak", "pengingat tinjauan")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "step"], name="review_reminder_once"),
            models.CheckConstraint(
                name="review_step_known", condition=Q(step__in=["due", "overdue"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating}: {self.get_step_display()}"

    @property
    def region_id(self) -> str:
        """The code of the rated region."""
        return str(self.rating.region_id)
