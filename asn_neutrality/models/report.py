"""What came in and what was written about it: sealed, appended, and erased only with its case."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet

from .case import Case
from .keys import OfCaseQuerySet
from .state import Kind

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class Standing(models.TextChoices):
    """How much of themselves a reporter gives."""

    ANONYMOUS = "anonymous", _("Anonim")
    CONFIDENTIAL = "confidential", _("Identitas dirahasiakan")
    NAMED = "named", _("Identitas dicantumkan")


class Source(models.TextChoices):
    """How a report came in."""

    ONLINE = "online", _("Formulir daring")
    DESK = "desk", _("Dicatat pemeriksa")


class Report(GuardedModel):
    """One report and its channel to whoever sent it.

    `lookup` is found by the tracking code; `reporter_private` opens with the code alone. The
    report's key is sealed twice: to the reporter's public key, and under the key of the case. A
    merged duplicate moves to its main case with its channel and number.
    """

    case = models.ForeignKey(
        Case, verbose_name=_("perkara"), on_delete=models.PROTECT, related_name="reports"
    )
    number = models.CharField(_("nomor tanda terima"), max_length=40, unique=True)
    kind = models.CharField(_("jenis dugaan"), max_length=20, choices=Kind.choices)
    standing = models.CharField(_("pelapor"), max_length=12, choices=Standing.choices)
    source = models.CharField(_("asal"), max_length=10, choices=Source.choices)
    received_on = models.DateField(_("diterima tanggal"))
    lookup = models.BinaryField(_("sidik kode lacak"), max_length=32)
    submission = models.BinaryField(_("sidik formulir"), max_length=32)
    reporter_public = models.BinaryField(_("kunci publik pelapor"), max_length=32)
    reporter_private = models.BinaryField(_("kunci pribadi pelapor, tersegel"))
    key_for_reporter = models.BinaryField(_("kunci laporan untuk pelapor, tersegel"))
    key_for_case = models.BinaryField(_("kunci laporan untuk pemeriksa, tersegel"))
    is_unread = models.BooleanField(_("ada kabar dari pelapor"), default=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = pgettext_lazy("jamak", "laporan")
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lookup"], name="report_code_once"),
            models.UniqueConstraint(fields=["submission"], name="report_submitted_once"),
            models.CheckConstraint(name="report_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="report_standing_known", condition=Q(standing__in=Standing.values)
            ),
            models.CheckConstraint(
                name="report_source_known", condition=Q(source__in=Source.values)
            ),
        ]
        indexes = [models.Index(fields=["case"], name="report_unread", condition=Q(is_unread=True))]

    def __str__(self) -> str:
        return self.number


class EntryKind(models.TextChoices):
    """What an entry is. Its JSON fields are listed in asn_neutrality/entries.py."""

    NARRATIVE = "narrative", _("Laporan")
    IDENTITY = "identity", _("Identitas pelapor")
    FROM_REPORTER = "from_reporter", _("Pesan pelapor")
    TO_REPORTER = "to_reporter", _("Pesan pemeriksa")
    ACCUSED = "accused", _("Terlapor")
    NOTE = "note", _("Catatan")
    STATEMENT = "statement", _("Keterangan saksi")
    HEARING = "hearing", _("Keterangan terlapor")
    CORRECTION = "correction", _("Koreksi")
    STUDY = "study", _("Kajian")
    RECOMMENDATION = "recommendation", _("Rekomendasi")
    STEP = "step", _("Rincian langkah")


#: Sealed under the key of the report, so that its reporter may read them, or has written them.
OF_REPORT = (
    EntryKind.NARRATIVE,
    EntryKind.IDENTITY,
    EntryKind.FROM_REPORTER,
    EntryKind.TO_REPORTER,
)
#: What the reporter reads back at /lapor/status/. The identity they gave is not among it.
SHOWN_TO_REPORTER = (EntryKind.NARRATIVE, EntryKind.FROM_REPORTER, EntryKind.TO_REPORTER)


class Entry(GuardedModel):
    """One sealed text of a case. Appended; corrected by a later one; erased with its case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, verbose_name=_("perkara"), on_delete=models.PROTECT, related_name="entries"
    )
    report = models.ForeignKey(
        Report,
        verbose_name=_("laporan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
    )
    kind = models.CharField(_("jenis"), max_length=16, choices=EntryKind.choices)
    serial = models.PositiveIntegerField(_("urutan dalam perkara"))
    sealed = models.BinaryField(_("isi, tersegel"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    by_name = models.CharField(_("ditulis oleh"), max_length=150, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("isi berkas")
        verbose_name_plural = pgettext_lazy("jamak", "isi berkas")
        ordering = ["case", "serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "serial"],
                name="entry_serial_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(
                name="entry_of_report_or_case",
                condition=Q(kind__in=OF_REPORT, report__isnull=False)
                | (~Q(kind__in=OF_REPORT) & Q(report=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def about(self) -> str:
        """What its sealed content is tied to."""
        return f"entry:{self.kind}:{self.pk}"


class EvidenceQuerySet(GuardedQuerySet):
    """Queries on evidence."""

    def visible_to(self, by: Actor) -> EvidenceQuerySet:
        """Evidence of the cases that the reader may see."""
        return self.filter(entry__case__in=Case.objects.visible_to(by).values("pk"))


class Evidence(GuardedModel):
    """A sealed file that came with an entry. Name, type and the file's own key are sealed too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(
        Entry, verbose_name=_("isi berkas"), on_delete=models.PROTECT, related_name="evidence"
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    file = models.FileField(_("berkas, tersegel"), upload_to="sealed/", max_length=100)
    sealed = models.BinaryField(_("rincian, tersegel"))
    size = models.PositiveBigIntegerField(_("ukuran"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti")
        verbose_name_plural = pgettext_lazy("jamak", "bukti")
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="evidence_position_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def about(self) -> str:
        """What its sealed details are tied to."""
        return f"evidence:{self.pk}"
