"""The register of cases on the neutrality of civil servants, and the steps of each case.

No narrative, no name and no identity of a reporter or of the person reported is stored, in any
field: there is no free text here at all. That waits for encryption under a key per case
(issue 5). Until then a case is a number, a region, a kind, a day and its steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Role
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

#: Nobody else reads a case, on any surface; administrators included.
READERS = (Role.ASN_EXAMINER, Role.AUDITOR)


class Kind(models.TextChoices):
    """What is alleged. Whether it happened, and how it weighs, is for the competent bodies."""

    CAMPAIGN_MATERIAL = "campaign_material", _("Memasang alat peraga kampanye")
    SOCIAL_MEDIA = "social_media", _("Kampanye atau dukungan di media sosial")
    ATTENDANCE = "attendance", _("Menghadiri deklarasi atau kampanye")
    PHOTO = "photo", _("Foto bersama calon atau dengan simbol keberpihakan")
    PARTY = "party", _("Keanggotaan atau jabatan dalam partai politik")
    CANDIDACY = "candidacy", _("Menyatakan diri sebagai calon tanpa izin")
    FACILITIES = "facilities", _("Penggunaan fasilitas negara")
    DECISION = "decision", _("Keputusan atau program yang menguntungkan calon")
    DIRECTING = "directing", _("Mengarahkan rekan kerja atau bawahan")
    IDENTITY_CARDS = "identity_cards", _("Pengumpulan salinan KTP")
    GIFTS = "gifts", _("Pemberian uang atau barang untuk calon")
    HOAX = "hoax", _("Penyebaran hoaks atau informasi yang meresahkan")


class State(models.TextChoices):
    """Where a case stands. The register mirrors: Bawaslu, BKN and the personnel authority decide.

    For now a case is received and may be dismissed; the other steps come with issue 5.
    """

    INFORMATION = "information", _("Informasi awal")
    RECEIVED = "received", _("Diterima")
    INITIAL_REVIEW = "initial_review", _("Kajian awal")
    COMPLETION = "completion", _("Perbaikan laporan")
    REGISTERED = "registered", _("Diregistrasi")
    STUDY = "study", _("Kajian dan klarifikasi")
    NOT_PROVEN = "not_proven", _("Tidak terbukti")
    FORWARDED = "forwarded", _("Diteruskan ke BKN")
    VERIFICATION = "verification", _("Verifikasi satuan tugas")
    VALIDATION = "validation", _("Validasi Bawaslu")
    WITH_AUTHORITY = "with_authority", _("Di Pejabat Pembina Kepegawaian")
    EXAMINATION = "examination", _("Pemeriksaan disiplin")
    SANCTIONED = "sanctioned", _("Sanksi dijatuhkan")
    OBJECTION = "objection", _("Banding atau keberatan")
    RECORDED = "recorded", _("Tercatat di I'DIS")
    BLOCKED = "blocked", _("Data kepegawaian diblokir")
    DISMISSED = "dismissed", _("Dihentikan")


#: States that today's actions lead to.
REACHABLE = (State.RECEIVED, State.DISMISSED)
CLOSED = (State.NOT_PROVEN, State.RECORDED, State.DISMISSED)


class Dismissal(models.TextChoices):
    """Why a case ends before it is decided. Chosen, not written: no text, hence no names."""

    INCOMPLETE = "incomplete", _("Laporan tidak lengkap")
    NOT_COMPETENT = "not_competent", _("Bukan kewenangan")
    DUPLICATE = "duplicate", _("Sudah dicatat dalam perkara lain")
    NOT_ASN = "not_asn", _("Yang dilaporkan bukan ASN")
    NO_INDICATION = "no_indication", _("Tidak ada petunjuk awal yang cukup")
    MISTAKE = "mistake", _("Salah catat")


class CaseQuerySet(GuardedQuerySet):
    """Queries on cases."""

    def visible_to(self, by: Actor) -> CaseQuerySet:
        """Cases of the regions where the reader is examiner or auditor; for others, none."""
        return self.filter(under("region_id", by.access.scopes(*READERS)))

    def within(self, code: str) -> CaseQuerySet:
        """Cases of the region `code` and of all that lies in it; an empty code: all."""
        return self.filter(region__code__startswith=code)

    def open(self) -> CaseQuerySet:
        """Those that have not ended."""
        return self.exclude(state__in=CLOSED)


class Case(GuardedModel):
    """One report in the register."""

    number = models.CharField(_("nomor"), max_length=40, unique=True)
    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="asn_cases"
    )
    year = models.PositiveSmallIntegerField(_("tahun register"))
    serial = models.PositiveIntegerField(_("nomor urut"))
    kind = models.CharField(_("jenis dugaan"), max_length=20, choices=Kind.choices)
    received_on = models.DateField(_("diterima tanggal"))
    state = models.CharField(
        _("keadaan"), max_length=20, choices=State.choices, default=State.RECEIVED
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("perkara netralitas ASN")
        verbose_name_plural = pgettext_lazy("jamak", "perkara netralitas ASN")
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "serial"], name="case_serial_once_per_region_and_year"
            ),
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="case_in_its_years_register", condition=Q(received_on__year=models.F("year"))
            ),
        ]
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="case_latest"),
            models.Index(fields=["region", "state", "kind"], name="case_region_state"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state not in CLOSED


class StepQuerySet(GuardedQuerySet):
    """Queries on steps."""

    def visible_to(self, by: Actor) -> StepQuerySet:
        """Steps of the cases that the reader may open."""
        return self.filter(under("case__region_id", by.access.scopes(*READERS)))


class CaseStep(GuardedModel):
    """A case came to a state: when, noted by whom, why. Appended, never changed."""

    case = models.ForeignKey(
        Case, verbose_name=_("perkara"), on_delete=models.PROTECT, related_name="steps"
    )
    state = models.CharField(_("keadaan"), max_length=20, choices=State.choices)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    by_name = models.CharField(_("dicatat oleh"), max_length=150)
    reason = models.CharField(_("alasan"), max_length=20, choices=Dismissal.choices, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah perkara")
        verbose_name_plural = pgettext_lazy("jamak", "langkah perkara")
        ordering = ["case_id", "id"]
        constraints = [
            models.CheckConstraint(name="step_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="step_dismissed_with_reason",
                condition=Q(state="dismissed", reason__in=Dismissal.values)
                | (~Q(state="dismissed") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_state_display()}"
