"""That somebody was reminded of a step's term, or told that it was missed: once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet

from .case import Case, CaseStep

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class TermNoticeQuerySet(GuardedQuerySet):
    """Queries on notices."""

    def visible_to(self, by: Actor) -> TermNoticeQuerySet:
        """Notices about the cases that the reader may see."""
        return self.filter(step__case__in=Case.objects.visible_to(by).values("pk"))


class NoticeKind(models.TextChoices):
    """What was said of a term."""

    NEAR = "near", _("tenggat mendekat")
    MISSED = "missed", _("tenggat terlewat")
    ESCALATED = "escalated", _("diteruskan ke auditor")


class TermNotice(GuardedModel):
    """What was said of the term of one step."""

    step = models.ForeignKey(
        CaseStep, verbose_name=_("langkah"), on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=NoticeKind.choices)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    objects = TermNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan tenggat")
        verbose_name_plural = pgettext_lazy("jamak", "pemberitahuan tenggat")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "kind"], name="termnotice_once"),
            models.CheckConstraint(
                name="termnotice_kind_known", condition=Q(kind__in=NoticeKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.get_kind_display()}"
