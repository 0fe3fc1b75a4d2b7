"""What belongs to an incident: its steps, its photos, its links."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.meetings.models import FollowUp
from forkopimda.people.models import Role
from forkopimda.regions.models import under

from .incident import Incident, IncidentState, Referral

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

#: Who reads neutrality cases, and so their numbers.
CASE_READERS = (Role.ASN_EXAMINER, Role.AUDITOR)


class OfIncidentQuerySet(GuardedQuerySet):
    """Queries on what belongs to an incident."""

    def visible_to(self, by: Actor) -> OfIncidentQuerySet:
        """What belongs to incidents that the reader may open."""
        return self.filter(under("incident__region_id", by.access.reads()))


class IncidentLinkQuerySet(GuardedQuerySet):
    """Queries on what incidents are linked to."""

    def visible_to(self, by: Actor) -> IncidentLinkQuerySet:
        """Links of incidents that the reader may open, to what the reader may open too: meetings'
        follow-ups by the meetings' rule, numbers of neutrality cases by the register's."""
        follow_up = Q(follow_up__in=FollowUp.objects.visible_to(by).order_by().values("pk"))
        case = ~Q(case_number="") & under("incident__region_id", by.access.scopes(*CASE_READERS))
        return self.filter(under("incident__region_id", by.access.reads())).filter(follow_up | case)


class IncidentStep(GuardedModel):
    """An incident came to a state, or was noted upon: when, by whom, with which words."""

    incident = models.ForeignKey(
        Incident, verbose_name=_("insiden"), on_delete=models.PROTECT, related_name="steps"
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=IncidentState.choices)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    by_name = models.CharField(_("oleh"), max_length=150)
    note = models.TextField(_("catatan"), max_length=2000, blank=True)
    referred_to = models.CharField(
        _("dirujuk kepada"), max_length=10, choices=Referral.choices, blank=True
    )

    objects = OfIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah insiden")
        verbose_name_plural = pgettext_lazy("jamak", "langkah insiden")
        ordering = ["incident_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="incident_step_state_known", condition=Q(state__in=IncidentState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident}: {self.get_state_display()}"


class IncidentPhoto(GuardedModel):
    """A picture, drawn anew from its pixels: no metadata of the camera is kept."""

    incident = models.ForeignKey(
        Incident, verbose_name=_("insiden"), on_delete=models.PROTECT, related_name="photos"
    )
    key = models.UUIDField(_("kunci kirim"), default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("berkas"), upload_to="insiden/%Y/%m/", max_length=200)
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    width = models.PositiveSmallIntegerField(_("lebar"))
    height = models.PositiveSmallIntegerField(_("tinggi"))
    by_name = models.CharField(_("diunggah oleh"), max_length=150)
    at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    objects = OfIncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto insiden")
        verbose_name_plural = pgettext_lazy("jamak", "foto insiden")
        ordering = ["incident_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "sha256"], name="incident_photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}-{self.pk}"


class IncidentLink(GuardedModel):
    """An incident belongs with a follow-up of a meeting, or with a neutrality case by its number.

    Whether a case of that number exists is not looked up here: that would tell who may not know.
    """

    incident = models.ForeignKey(
        Incident, verbose_name=_("insiden"), on_delete=models.CASCADE, related_name="links"
    )
    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("tindak lanjut"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incident_links",
    )
    case_number = models.CharField(_("nomor perkara netralitas"), max_length=40, blank=True)
    by_name = models.CharField(_("dikaitkan oleh"), max_length=150)
    at = models.DateTimeField(_("dikaitkan"), auto_now_add=True)

    objects = IncidentLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("kaitan insiden")
        verbose_name_plural = pgettext_lazy("jamak", "kaitan insiden")
        ordering = ["incident_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="incident_link_to_one_thing",
                condition=Q(follow_up__isnull=False, case_number="")
                | (Q(follow_up=None) & Q(case_number__regex=r"\S")),
            ),
            models.UniqueConstraint(
                fields=["incident", "follow_up"],
                name="incident_link_follow_up_once",
                violation_error_message=_("Tindak lanjut ini sudah dikaitkan."),
            ),
            models.UniqueConstraint(
                fields=["incident", "case_number"],
                name="incident_link_case_once",
                condition=~Q(case_number=""),
                violation_error_message=_("Nomor perkara ini sudah dikaitkan."),
            ),
        ]

    def __str__(self) -> str:
        return self.case_number or str(self.follow_up)
