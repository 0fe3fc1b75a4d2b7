"""Who opened what, and why: the log that the auditor reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Role
from forkopimda.regions.models import Region, under

from .case import Case

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class Opened(models.TextChoices):
    """What was opened."""

    CASE = "case", _("berkas perkara")
    IDENTITY = "identity", _("identitas pelapor")
    EVIDENCE = "evidence", _("bukti")
    DOCUMENT = "document", _("dokumen perkara")
    EXPORT = "export", _("ekspor register")
    RECOVERY = "recovery", _("pemulihan kunci")


class Purpose(models.TextChoices):
    """Why it was opened."""

    SCREENING = "screening", _("Penyaringan laporan")
    STUDY = "study", _("Kajian dan klarifikasi")
    EVIDENCE = "evidence", _("Pemeriksaan bukti")
    REPLY = "reply", _("Menjawab pelapor")
    LETTER = "letter", _("Menyusun surat atau dokumen")
    CONTACT = "contact", _("Menghubungi pelapor")
    OVERSIGHT = "oversight", _("Pengawasan")
    OTHER = "other", _("Lainnya")


class OpeningQuerySet(GuardedQuerySet):
    """Queries on the log of openings."""

    def visible_to(self, by: Actor) -> OpeningQuerySet:
        """For auditors, all of their regions; for others, none."""
        return self.filter(under("region_id", by.access.scopes(Role.AUDITOR)))


class Opening(GuardedModel):
    """Somebody opened the content of a case, an identity or a file: who, when, why. Appended."""

    case = models.ForeignKey(
        Case,
        verbose_name=_("perkara"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="openings",
    )
    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="case_openings"
    )
    what = models.CharField(_("yang dibuka"), max_length=10, choices=Opened.choices)
    purpose = models.CharField(_("tujuan"), max_length=10, choices=Purpose.choices)
    explanation = models.CharField(
        _("penjelasan"),
        max_length=200,
        blank=True,
        help_text=_("tanpa nama orang; catatan ini dibaca auditor"),
    )
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    by_name = models.CharField(_("dibuka oleh"), max_length=150)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembukaan berkas")
        verbose_name_plural = pgettext_lazy("jamak", "pembukaan berkas")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="opening_what_known", condition=Q(what__in=Opened.values)),
            models.CheckConstraint(
                name="opening_has_purpose", condition=Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="opening_other_is_explained",
                condition=~Q(purpose="other") | ~Q(explanation=""),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="opening_of_region"),
            models.Index(fields=["case", "-id"], name="opening_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.get_what_display()}"
