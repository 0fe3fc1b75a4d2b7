"""The audit trail. It holds strings, not foreign keys: it must outlive what it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet

from .words import in_words

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class AuditQuerySet(GuardedQuerySet):
    """Queries on the audit trail."""

    def visible_to(self, by: Actor) -> AuditQuerySet:
        """Events in the regions where the reader is auditor or administrator.

        Events on ASN cases, and those that were recorded as closed, are for auditors alone.
        """
        visible = Q()
        for scope in by.access.scopes("auditor"):
            visible |= Q(region__startswith=scope)
        for scope in by.access.scopes("administrator"):
            visible |= (
                Q(region__startswith=scope)
                & ~Q(action__startswith="asn_neutrality.")
                & ~Q(data__has_key="closed")
            )
        return self.filter(visible) if visible else self.none()


class AuditEvent(GuardedModel):
    """One act: who did what to which row, when. A trigger refuses its change or removal."""

    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    actor = models.CharField(_("pelaku"), max_length=150)
    action = models.CharField(_("tindakan"), max_length=80)
    target = models.CharField(_("objek"), max_length=120, help_text=_("jenis:kunci"))
    region = models.CharField(_("wilayah"), max_length=13, blank=True, db_collation="C")
    data = models.JSONField(_("rincian"), default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan audit")
        verbose_name_plural = pgettext_lazy("jamak", "jejak audit")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_latest"),
            models.Index(fields=["target", "-at"], name="audit_target"),
            models.Index(fields=["region", "-at"], name="audit_region"),
        ]

    def __str__(self) -> str:
        return in_words(self.action, self.words_data())

    def words_data(self) -> dict[str, Any]:
        """What a sentence about this act may name."""
        return {**self.data, "actor": self.actor, "target": self.target, "region": self.region}
