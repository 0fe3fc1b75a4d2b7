"""Issued documents, letterheads, and the approved versions of minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Institution
from forkopimda.regions.models import under

from .meeting import HAS_TEXT, Meeting, PartQuerySet, new_key

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class LetterheadQuerySet(GuardedQuerySet):
    """Queries on letterheads."""

    def visible_to(self, by: Actor) -> LetterheadQuerySet:
        """Letterheads of institutions that the reader may see."""
        return self.filter(under("institution__region_id", by.access.reads()))


class Letterhead(GuardedModel):
    """What stands at the top of an institution's documents."""

    institution = models.OneToOneField(
        Institution,
        verbose_name=_("lembaga"),
        on_delete=models.CASCADE,
        related_name="letterhead",
    )
    first_line = models.CharField(_("baris pertama"), max_length=120)
    second_line = models.CharField(_("baris kedua"), max_length=120, blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    number_form = models.CharField(
        _("bentuk nomor surat"),
        max_length=80,
        default="{number}/FORKOPIMDA/{year}",
        help_text=_("{number} dan {year} diisi otomatis"),
    )

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("kop surat")
        verbose_name_plural = pgettext_lazy("jamak", "kop surat")
        ordering = ["institution_id"]
        constraints = [
            models.CheckConstraint(
                name="letterhead_number_form_counts", condition=Q(number_form__contains="{number}")
            )
        ]

    def __str__(self) -> str:
        return self.first_line


class DocumentKind(models.TextChoices):
    """What a document is."""

    INVITATION = "invitation", _("Surat undangan")
    ATTENDANCE = "attendance", _("Daftar hadir")
    MINUTES = "minutes", _("Notulen")


class MinutesVersion(GuardedModel):
    """Minutes as they were approved; a correction is a new version, and both are kept."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="minutes_versions"
    )
    version = models.PositiveSmallIntegerField(_("versi"))
    content = models.JSONField(_("isi"))
    correction_reason = models.CharField(_("alasan koreksi"), max_length=300, blank=True)
    approved_by = models.CharField(_("disetujui oleh"), max_length=150)
    approved_at = models.DateTimeField(_("disetujui"), auto_now_add=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("versi notulen")
        verbose_name_plural = pgettext_lazy("jamak", "versi notulen")
        ordering = ["meeting_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.CheckConstraint(
                name="minutes_correction_has_reason",
                condition=Q(version=1) | Q(version__gt=1, correction_reason__regex=HAS_TEXT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.version}"


class Document(GuardedModel):
    """A PDF as it was issued; its QR code opens a page that confirms it. Never rewritten.

    Numbers run within a series (an institution's documents) and a year.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=DocumentKind.choices)
    version = models.PositiveSmallIntegerField(_("versi"))
    number = models.CharField(_("nomor"), max_length=100)
    issuer = models.CharField(_("lembaga penerbit"), max_length=120)
    series = models.CharField(max_length=40, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    file = models.FileField(_("berkas"), upload_to="meetings/documents", max_length=200)
    issued_at = models.DateTimeField(_("diterbitkan"))
    issued_by = models.CharField(_("diterbitkan oleh"), max_length=150)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen")
        verbose_name_plural = pgettext_lazy("jamak", "dokumen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "version"], name="document_version_once"
            ),
            models.UniqueConstraint(
                fields=["series", "year", "serial"], name="document_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
