"""A list of stations between its upload and the confirmation: kept here, not by the browser."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import User

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

KEPT = timedelta(hours=12)


class StationUploadQuerySet(GuardedQuerySet):
    """Queries on uploaded lists."""

    def visible_to(self, by: Actor) -> StationUploadQuerySet:
        """The person's own that are still kept; nobody opens another's."""
        kept_since = timezone.now() - KEPT
        return self.filter(owner=getattr(by, "pk", None), uploaded_at__gte=kept_since)

    def expired(self) -> StationUploadQuerySet:
        """Those that are no longer kept."""
        return self.filter(uploaded_at__lt=timezone.now() - KEPT)


class StationUpload(GuardedModel):
    """An uploaded list that its owner looks through before it is stored."""

    key = models.UUIDField(_("kunci"), primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        User, verbose_name=_("pengunggah"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("nama berkas"), max_length=150)
    content = models.BinaryField(_("isi"))
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    objects = StationUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("unggahan daftar TPS")
        verbose_name_plural = pgettext_lazy("jamak", "unggahan daftar TPS")
        ordering = ["-uploaded_at"]
        indexes = [models.Index(fields=["uploaded_at"], name="station_upload_age")]

    def __str__(self) -> str:
        return self.name
