"""Files that belong to a meeting or a follow-up. They are served through the permission check."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel

from .followup import FollowUp
from .meeting import Meeting, PartQuerySet


def storage_name(_attachment: Attachment, _name: str) -> str:
    """Where a file is kept: a name of ours, never the uploader's."""
    return f"meetings/attachments/{uuid.uuid4().hex}"


class Attachment(GuardedModel):
    """An uploaded file, checked by content and size."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="attachments"
    )
    follow_up = models.ForeignKey(
        FollowUp,
        verbose_name=_("tindak lanjut"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
    )
    name = models.CharField(_("nama berkas"), max_length=150)
    content_type = models.CharField(_("jenis isi"), max_length=100)
    size = models.PositiveIntegerField(_("ukuran (bita)"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(_("berkas"), upload_to=storage_name, max_length=200)
    uploaded_by = models.CharField(_("diunggah oleh"), max_length=150)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    removed_at = models.DateTimeField(_("dihapus"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("lampiran")
        verbose_name_plural = pgettext_lazy("jamak", "lampiran")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return self.name
