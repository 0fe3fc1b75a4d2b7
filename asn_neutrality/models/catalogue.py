"""What the desk works by, kept as data: legal kinds, sanctions, terms, extra holidays.

Each has versions: a change ends the version in force and adds the next, so that a case can be
read by what was in force on its day. Lines that no legal officer has confirmed carry
`is_confirmed=False`; the flag is shown to administrators alone, and an unconfirmed line is never
shown to others as law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Role

from .state import State

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.lib.authority import Actor

#: Who works by the catalogue, and who keeps it.
CATALOGUE_READERS = (Role.ASN_EXAMINER, Role.AUDITOR, Role.ADMINISTRATOR)
#: The term that is no state's: how long the content of a case that was not proven is kept.
ERASURE = "erasure"


class ViolationClass(models.TextChoices):
    """Which rules a legal kind falls under."""

    ETHICS = "ethics", _("Kode etik")
    DISCIPLINE = "discipline", _("Disiplin")


class SanctionClass(models.TextChoices):
    """How heavy a sanction is: moral, then by PP 94/2021 article 8."""

    MORAL = "moral", _("Sanksi moral")
    LIGHT = "light", _("Hukuman disiplin ringan")
    MODERATE = "moderate", _("Hukuman disiplin sedang")
    SEVERE = "severe", _("Hukuman disiplin berat")
    DISMISSAL = "dismissal", _("Pemberhentian tidak dengan hormat")


class DayKind(models.TextChoices):
    """How a term counts its days."""

    CALENDAR = "calendar", _("hari kalender")
    WORKING = "working", _("hari kerja")


class VersionedQuerySet(GuardedQuerySet):
    """Queries on what has versions."""

    def visible_to(self, by: Actor) -> VersionedQuerySet:
        """The catalogue, for who works by it or keeps it."""
        return self if by.access.holds(*CATALOGUE_READERS) else self.none()

    def in_force(self, day: date | None = None) -> VersionedQuerySet:
        """The version that applies today, or applied on a past day."""
        if day is None:
            return self.filter(valid_to=None)
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Versioned(GuardedModel):
    """Base of a line of the catalogue: one version of what `code` means."""

    code = models.SlugField(_("kode"), max_length=20)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_to = models.DateField(
        _("berlaku sebelum"), null=True, blank=True, help_text=_("kosong: masih berlaku")
    )
    legal_basis = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("dikonfirmasi bagian hukum"), default=False)
    changed_by = models.CharField(_("diubah oleh"), max_length=150)
    changed_at = models.DateTimeField(_("diubah"), auto_now_add=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True


def version_constraints(name: str) -> list[models.BaseConstraint]:
    """One version in force per code, and no version that ends before it begins.

    One that was replaced on its first day was in force on no day.
    """
    return [
        models.UniqueConstraint(
            fields=["code"], condition=Q(valid_to=None), name=f"{name}_one_in_force"
        ),
        models.CheckConstraint(
            name=f"{name}_ends_after_start",
            condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        ),
    ]


class Labelled(Versioned):
    """A line with a label in both languages."""

    label_id = models.CharField(_("sebutan"), max_length=200)
    label_en = models.CharField(_("sebutan dalam bahasa Inggris"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"

    @property
    def label(self) -> str:
        """In the reader's language."""
        return self.label_en if get_language() == "en" else self.label_id


class Violation(Labelled):
    """A legal kind of breach, from the annexes of the joint decree (SKB) of 2022."""

    violation_class = models.CharField(_("golongan"), max_length=12, choices=ViolationClass.choices)
    sanction_from = models.CharField(
        _("sanksi paling ringan"), max_length=10, choices=SanctionClass.choices
    )
    sanction_to = models.CharField(
        _("sanksi paling berat"), max_length=10, choices=SanctionClass.choices
    )

    class Meta:
        verbose_name = _("jenis pelanggaran")
        verbose_name_plural = pgettext_lazy("jamak", "jenis pelanggaran")
        ordering = ["code", "-valid_from"]
        constraints = [
            *version_constraints("violation"),
            models.CheckConstraint(
                name="violation_class_known", condition=Q(violation_class__in=ViolationClass.values)
            ),
            models.CheckConstraint(
                name="violation_ethics_is_moral",
                condition=~Q(violation_class="ethics")
                | Q(sanction_from="moral", sanction_to="moral"),
            ),
            models.CheckConstraint(
                name="violation_discipline_is_not_moral",
                condition=~Q(violation_class="discipline")
                | ~(Q(sanction_from="moral") | Q(sanction_to="moral")),
            ),
        ]


class Sanction(Labelled):
    """What may be imposed."""

    sanction_class = models.CharField(_("tingkat"), max_length=10, choices=SanctionClass.choices)

    class Meta:
        verbose_name = _("sanksi")
        verbose_name_plural = pgettext_lazy("jamak", "sanksi")
        ordering = ["code", "-valid_from"]
        constraints = [
            *version_constraints("sanction"),
            models.CheckConstraint(
                name="sanction_class_known", condition=Q(sanction_class__in=SanctionClass.values)
            ),
        ]


class Term(Versioned):
    """How many days a case may stay in a state; `code` is the state's, or ERASURE."""

    MOST_DAYS = 366

    days = models.PositiveSmallIntegerField(_("jumlah hari"))
    day_kind = models.CharField(_("cara hitung"), max_length=10, choices=DayKind.choices)
    remind_before = models.PositiveSmallIntegerField(
        _("ingatkan sebelum"), default=1, help_text=_("hari kalender sebelum tenggat")
    )
    escalate_after = models.PositiveSmallIntegerField(
        _("teruskan ke auditor setelah"), default=1, help_text=_("hari kalender setelah tenggat")
    )

    class Meta:
        verbose_name = _("tenggat langkah")
        verbose_name_plural = pgettext_lazy("jamak", "tenggat langkah")
        ordering = ["code", "-valid_from"]
        constraints = [
            *version_constraints("term"),
            models.CheckConstraint(
                name="term_day_kind_known", condition=Q(day_kind__in=DayKind.values)
            ),
            models.CheckConstraint(name="term_at_most_a_year", condition=Q(days__lte=366)),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.days} {self.get_day_kind_display()}"

    @property
    def subject(self) -> str:
        """What it is the term of."""
        if self.code == ERASURE:
            return gettext("Penghapusan isi perkara yang tidak terbukti")
        return str(dict(State.choices).get(self.code, self.code))


class ExtraHolidayQuerySet(GuardedQuerySet):
    """Queries on extra holidays."""

    def visible_to(self, by: Actor) -> ExtraHolidayQuerySet:
        """For who works by the terms or keeps them."""
        return self if by.access.holds(*CATALOGUE_READERS) else self.none()


class ExtraHoliday(GuardedModel):
    """A day off that the calendar of national holidays does not know, such as a local one."""

    day = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=100)

    objects = ExtraHolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("hari libur tambahan")
        verbose_name_plural = pgettext_lazy("jamak", "hari libur tambahan")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d-%m-%Y}: {self.name}"
