"""The register of cases on the neutrality of civil servants, and the steps of each case.

What is in these two tables stands in the clear: number, region, kind, days, states, legal kind.
No narrative, no name and no identity is among it; that is sealed, in models/report.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Role, User
from forkopimda.regions.models import Region, under

from .catalogue import Sanction, Violation
from .state import (
    CLOSED,
    DECIDED,
    FORWARDING,
    Dismissal,
    Kind,
    Recipient,
    State,
    follows,
    recorded_steps,
)
from .unit import SizeClass

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.lib.authority import Actor

#: Nobody else reads a case, on any surface; administrators included.
READERS = (Role.ASN_EXAMINER, Role.AUDITOR)


class CaseQuerySet(GuardedQuerySet):
    """Queries on cases."""

    def visible_to(self, by: Actor) -> CaseQuerySet:
        """Auditors: the cases of their regions. Examiners: those they belong to, in their
        regions, and old ones there that were never sealed. Everybody else: none."""
        visible = under("region_id", by.access.scopes(Role.AUDITOR))
        examined = by.access.scopes(Role.ASN_EXAMINER)
        if isinstance(by, User) and examined:
            member = self.model._meta.get_field("members").related_model
            mine = member.objects.filter(case=OuterRef("pk"), user=by, removed_at=None)
            visible |= under("region_id", examined) & (Q(Exists(mine)) | Q(is_sealed=False))
        return self.filter(visible)

    def within(self, code: str) -> CaseQuerySet:
        """Cases of the region `code` and of all that lies in it; an empty code: all."""
        return self.filter(region__code__startswith=code)

    def open(self) -> CaseQuerySet:
        """Those that have not ended."""
        return self.exclude(state__in=CLOSED)

    def late(self, day: date) -> CaseQuerySet:
        """Those whose step should have been done before `day`."""
        return self.open().filter(due_on__lt=day)


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
    due_on = models.DateField(_("tenggat langkah"), null=True, blank=True)
    lead = models.ForeignKey(
        User,
        verbose_name=_("penanggung jawab"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_led",
    )
    violation = models.ForeignKey(
        Violation,
        verbose_name=_("jenis pelanggaran menurut kajian"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
    )
    size_class = models.CharField(
        _("ukuran unit terlapor"),
        max_length=10,
        choices=SizeClass.choices,
        default=SizeClass.UNKNOWN,
    )
    is_sealed = models.BooleanField(_("punya kunci"), default=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("digabung ke"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
    )
    erased_at = models.DateTimeField(_("isi dihapus"), null=True, blank=True)

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
            models.CheckConstraint(
                name="case_size_class_known", condition=Q(size_class__in=SizeClass.values)
            ),
            models.CheckConstraint(
                name="case_open_has_term",
                condition=Q(state__in=CLOSED, due_on=None)
                | (~Q(state__in=CLOSED) & Q(due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_merged_is_dismissed",
                condition=Q(merged_into=None) | Q(state="dismissed"),
            ),
            models.CheckConstraint(
                name="case_erased_is_closed",
                condition=Q(erased_at=None) | Q(state__in=["not_proven", "dismissed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="case_latest"),
            models.Index(fields=["region", "state", "kind"], name="case_region_state"),
            models.Index(fields=["due_on"], name="case_due", condition=~Q(state__in=CLOSED)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state not in CLOSED

    @property
    def is_decided(self) -> bool:
        """Whether a breach was decided."""
        return self.state in DECIDED


class StepQuerySet(GuardedQuerySet):
    """Queries on steps."""

    def visible_to(self, by: Actor) -> StepQuerySet:
        """Steps of the cases that the reader may see."""
        return self.filter(case__in=Case.objects.visible_to(by).values("pk"))


class CaseStep(GuardedModel):
    """A case came to a state: when, noted by whom, why, until when. Appended, never changed.

    What must not stand in the clear about it (explanations, numbers of letters and decrees) is
    sealed in `entry`.
    """

    case = models.ForeignKey(
        Case, verbose_name=_("perkara"), on_delete=models.PROTECT, related_name="steps"
    )
    previous = models.CharField(_("dari keadaan"), max_length=20, choices=State.choices, blank=True)
    state = models.CharField(_("keadaan"), max_length=20, choices=State.choices)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    by_name = models.CharField(_("dicatat oleh"), max_length=150)
    reason = models.CharField(_("alasan"), max_length=20, choices=Dismissal.choices, blank=True)
    recipient = models.CharField(
        _("diteruskan ke"), max_length=10, choices=Recipient.choices, blank=True
    )
    sanction = models.ForeignKey(
        Sanction,
        verbose_name=_("sanksi"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
    )
    entry = models.OneToOneField(
        "asn_neutrality.Entry",
        verbose_name=_("rincian tersegel"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="step",
    )

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
            models.CheckConstraint(name="step_follows", condition=follows()),
            models.CheckConstraint(
                name="step_open_has_term",
                condition=Q(state__in=CLOSED, due_on=None)
                | (~Q(state__in=CLOSED) & Q(due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="step_forwarded_by_letter",
                condition=(
                    Q(state__in=FORWARDING, recipient__in=Recipient.values)
                    | (~Q(state__in=FORWARDING) & Q(recipient=""))
                ),
            ),
            models.CheckConstraint(
                name="step_sanction_is_named",
                condition=Q(state="sanctioned", sanction__isnull=False)
                | (~Q(state="sanctioned") & Q(sanction=None)),
            ),
            models.CheckConstraint(
                name="step_has_its_record",
                condition=~recorded_steps() | Q(entry__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_state_display()}"
