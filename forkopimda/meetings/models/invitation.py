"""Who is invited, what they answered, whether they came, and the letters that went out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.lib.outbox import OutboxItem, OutboxQuerySet, constraints, due_index
from forkopimda.people.models import Institution, Official, Role, User
from forkopimda.regions.models import under

from .meeting import HAS_TEXT, Meeting, PartQuerySet, new_key

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class Answer(models.TextChoices):
    """What an invitee answered before the meeting."""

    NONE = "none", _("Belum menjawab")
    COMES = "comes", _("Akan hadir")
    REPRESENTED = "represented", _("Akan diwakili")
    DECLINES = "declines", _("Berhalangan")


class Status(models.TextChoices):
    """Whether an invitee came."""

    NO_REPLY = "no_reply", _("Belum dicatat")
    PRESENT = "present", _("Hadir")
    REPRESENTED = "represented", _("Diwakili")
    EXCUSED = "excused", _("Izin")
    ABSENT = "absent", _("Tidak hadir")


#: What counts towards the quorum.
CAME = (Status.PRESENT, Status.REPRESENTED)


#: Somebody else comes: it was announced and the day has not shown otherwise, or it was so.
REPRESENTED = Q(status="represented") | Q(status="no_reply", answer="represented")


class Attendance(GuardedModel):
    """One invitee: an institution by whoever heads it then, or a person by name and address."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("rapat"), on_delete=models.PROTECT, related_name="attendances"
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("lembaga"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
    )
    official = models.ForeignKey(
        Official,
        verbose_name=_("pejabat"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
    )
    title = models.CharField(_("jabatan saat itu"), max_length=80)
    name = models.CharField(
        _("nama"), max_length=120, blank=True, help_text=_("untuk undangan perorangan")
    )
    email = models.EmailField(_("surel"), blank=True, help_text=_("kosong: surel akun lembaga itu"))

    answer = models.CharField(
        _("jawaban"), max_length=12, choices=Answer.choices, default=Answer.NONE
    )
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    status = models.CharField(
        _("kehadiran"), max_length=12, choices=Status.choices, default=Status.NO_REPLY
    )
    checked_in_at = models.DateTimeField(_("tercatat hadir"), null=True, blank=True)
    representative_name = models.CharField(_("nama wakil"), max_length=120, blank=True)
    representative_title = models.CharField(_("jabatan wakil"), max_length=80, blank=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("undangan ditarik"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = pgettext_lazy("jamak", "kehadiran")
        ordering = ["meeting_id", "institution__position", "institution__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "institution", "official"],
                name="attendance_once_per_meeting",
                condition=Q(institution__isnull=False, removed_at=None),
                nulls_distinct=False,
                violation_error_message=_("Lembaga dan pejabat ini sudah diundang."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "email"],
                name="attendance_person_once_per_meeting",
                condition=Q(institution=None, removed_at=None),
                violation_error_message=_("Alamat surel ini sudah diundang."),
            ),
            models.CheckConstraint(
                name="attendance_of_institution_or_person",
                condition=Q(institution__isnull=False)
                | Q(name__regex=HAS_TEXT, email__regex=HAS_TEXT),
            ),
            models.CheckConstraint(
                name="attendance_represented_by_name",
                condition=(REPRESENTED & Q(representative_name__regex=HAS_TEXT))
                | (~REPRESENTED & Q(representative_name="")),
            ),
            models.CheckConstraint(
                name="attendance_status_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="attendance_answer_known",
                condition=Q(answer="none", answered_at=None)
                | Q(answer__in=["comes", "represented", "declines"], answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["institution", "meeting"], name="attendance_institution")]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_status_display()}"

    @property
    def who(self) -> str:
        """The person's name, else the office."""
        return str(self.official) if self.official else self.name or self.title

    @property
    def is_represented(self) -> bool:
        """Whether somebody else comes: as was announced, or as it was on the day."""
        announced = self.status == Status.NO_REPLY and self.answer == Answer.REPRESENTED
        return announced or self.status == Status.REPRESENTED

    @property
    def has_come(self) -> bool:
        """Whether the invitee or a representative is there."""
        return self.status in CAME

    def clean(self) -> None:
        """Says beside which field the name of a representative is missing or out of place."""
        named = bool(self.representative_name.strip())
        if self.is_represented and not named:
            raise ValidationError({"representative_name": _("Tuliskan nama yang mewakili.")})
        if named and not self.is_represented:
            message = _("Nama wakil hanya untuk undangan yang diwakili.")
            raise ValidationError({"representative_name": message})


class LetterKind(models.TextChoices):
    """What a letter says."""

    INVITATION = "invitation", _("undangan")
    UPDATE = "update", _("perubahan")
    CANCELLATION = "cancellation", _("pembatalan")
    MINUTES = "minutes", _("notulen")


class LetterQuerySet(OutboxQuerySet):
    """Queries on letters."""

    def visible_to(self, by: Actor) -> LetterQuerySet:
        """Letters of the regions whose secretary or auditor the reader is."""
        keepers = by.access.scopes(Role.SECRETARIAT, Role.AUDITOR)
        return self.filter(under("attendance__meeting__region_id", keepers))


class Letter(OutboxItem):
    """One mail to one address of one invitee; the outbox of invitations."""

    attendance = models.ForeignKey(
        Attendance, verbose_name=_("undangan"), on_delete=models.PROTECT, related_name="letters"
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=LetterKind.choices)
    sequence = models.PositiveIntegerField(_("urutan"))
    language = models.CharField(_("bahasa"), max_length=2, default="id")
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("surat")
        verbose_name_plural = pgettext_lazy("jamak", "surat")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance", "address", "kind", "sequence"], name="letter_once"
            ),
            *constraints("letter"),
        ]
        indexes = [due_index("letter_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.address}"

    @property
    def born_at(self) -> datetime:
        """When the letter was written."""
        return self.created_at


class CalendarFeedQuerySet(GuardedQuerySet):
    """Queries on calendar feeds."""

    def visible_to(self, by: Actor) -> CalendarFeedQuerySet:
        """The reader's own feed."""
        return self.filter(user=by) if isinstance(by, User) else self.none()


class CalendarFeed(GuardedModel):
    """A user's meetings as a calendar, behind a secret address. Only the key's hash is kept."""

    user = models.OneToOneField(
        User, verbose_name=_("pengguna"), on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kalender pribadi")
        verbose_name_plural = pgettext_lazy("jamak", "kalender pribadi")

    def __str__(self) -> str:
        return str(self.user)


__all__ = [
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Letter",
    "LetterKind",
    "Status",
    "new_key",
]
