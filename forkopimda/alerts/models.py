"""An alert, and one delivery of it per person concerned. Deliveries are the outbox: they are
stored with what caused the alert, and sent by a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.lib.outbox import OutboxItem, OutboxQuerySet, State, constraints, due_index
from forkopimda.people.models import Role, User
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from datetime import datetime

    from forkopimda.lib.authority import Actor

__all__ = ["Alert", "Delivery", "Severity", "State"]

#: Roles that see alerts addressed to others in their region.
OVERSEERS = (Role.AUDITOR, Role.ADMINISTRATOR, Role.POLICE_APPROVER, Role.SECRETARIAT)
#: Alerts of these kinds are for auditors and those addressed: that one was sent says too much.
CLOSED_KINDS = "asn_neutrality."


class Severity(models.TextChoices):
    """CAP 1.2 severity."""

    EXTREME = "Extreme", pgettext_lazy("keparahan", "Ekstrem")
    SEVERE = "Severe", pgettext_lazy("keparahan", "Berat")
    MODERATE = "Moderate", pgettext_lazy("keparahan", "Sedang")
    MINOR = "Minor", pgettext_lazy("keparahan", "Ringan")
    UNKNOWN = "Unknown", pgettext_lazy("keparahan", "Tidak diketahui")


def overseen(by: Actor, alert: str = "") -> Q:
    """The condition on alerts that the reader oversees; `alert` is the way to them."""
    kinds = {f"{alert}kind__startswith": CLOSED_KINDS}
    shared = under(f"{alert}region_id", by.access.scopes(*OVERSEERS)) & ~Q(**kinds)
    return shared | under(f"{alert}region_id", by.access.scopes(Role.AUDITOR))


class AlertQuerySet(GuardedQuerySet):
    """Queries on alerts."""

    def visible_to(self, by: Actor) -> AlertQuerySet:
        """Alerts addressed to the reader, and those of the regions that they oversee."""
        visible = overseen(by)
        if isinstance(by, User):
            visible |= Q(pk__in=Delivery.objects.filter(recipient=by).values("alert"))
        return self.filter(visible)


class Alert(GuardedModel):
    """Something that officials must know. Its texts are kept as they were sent."""

    kind = models.CharField(_("jenis"), max_length=40)
    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="alerts"
    )
    severity = models.CharField(_("keparahan"), max_length=10, choices=Severity.choices)
    headlines = models.JSONField(_("judul per bahasa"))
    descriptions = models.JSONField(_("isi per bahasa"))
    link = models.CharField(_("tautan"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("dikeluarkan"), auto_now_add=True)
    created_by = models.CharField(_("dikeluarkan oleh"), max_length=150)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("peringatan")
        verbose_name_plural = pgettext_lazy("jamak", "peringatan")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="alert_severity_known",
                condition=Q(severity__in=["Extreme", "Severe", "Moderate", "Minor", "Unknown"]),
            )
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="alert_latest"),
            models.Index(fields=["region", "-created_at"], name="alert_region"),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """The headline in the reader's language."""
        return self.headline_in(get_language() or "id")

    @property
    def description(self) -> str:
        """The text in the reader's language."""
        return self.description_in(get_language() or "id")

    def headline_in(self, language: str) -> str:
        """The headline in `language`, else in Indonesian."""
        return str(self.headlines.get(language) or self.headlines["id"])

    def description_in(self, language: str) -> str:
        """The text in `language`, else in Indonesian."""
        return str(self.descriptions.get(language) or self.descriptions["id"])


class DeliveryQuerySet(OutboxQuerySet):
    """Queries on deliveries."""

    def visible_to(self, by: Actor) -> DeliveryQuerySet:
        """Deliveries to the reader, and those of the regions that they oversee."""
        visible = overseen(by, "alert__")
        if isinstance(by, User):
            visible |= Q(recipient=by)
        return self.filter(visible)

    def to(self, user: User) -> DeliveryQuerySet:
        """The reader's inbox, newest first."""
        return self.filter(recipient=user).select_related("alert__region")

    def open(self) -> DeliveryQuerySet:
        """Those that their recipient has not acknowledged."""
        return self.filter(acknowledged_at=None)


class Delivery(OutboxItem):
    """One alert for one person: by mail where they have an address, always in their inbox."""

    alert = models.ForeignKey(
        Alert, verbose_name=_("peringatan"), on_delete=models.PROTECT, related_name="deliveries"
    )
    recipient = models.ForeignKey(
        User, verbose_name=_("penerima"), on_delete=models.PROTECT, related_name="deliveries"
    )
    seen_at = models.DateTimeField(_("dilihat"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("diketahui"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengiriman")
        verbose_name_plural = pgettext_lazy("jamak", "pengiriman")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "recipient"], name="delivery_once_per_person"),
            models.CheckConstraint(
                name="delivery_acknowledged_means_seen",
                condition=Q(acknowledged_at=None) | Q(seen_at__lte=F("acknowledged_at")),
            ),
            *constraints("delivery"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="delivery_inbox"),
            models.Index(
                fields=["recipient"],
                name="delivery_open",
                condition=Q(acknowledged_at=None),
            ),
            due_index("delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.alert} → {self.recipient}"

    @property
    def born_at(self) -> datetime:
        """When the alert was raised."""
        return self.alert.created_at
