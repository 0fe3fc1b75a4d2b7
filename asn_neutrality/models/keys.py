"""Keys of people, the recovery key, who belongs to a case, and who opened what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import Role, User
from forkopimda.regions.models import Region, under

from .case import READERS, Case
from .membership import ERASED, Leaving
from .unit import CivilUnit

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class OwnQuerySet(GuardedQuerySet):
    """Queries on what belongs to one user."""

    def visible_to(self, by: Actor) -> OwnQuerySet:
        """The reader's own."""
        return self.filter(user=by) if isinstance(by, User) else self.none()


class PersonalKey(GuardedModel):
    """An examiner's (or an auditor's) pair of keys; the private one under their passphrase.

    One is in use at a time. A new passphrase seals the same private key anew; after a lost one a
    new pair is made, and what was sealed to the old pair is shared again or recovered.
    """

    user = models.ForeignKey(
        User, verbose_name=_("pemegang"), on_delete=models.PROTECT, related_name="case_keys"
    )
    public = models.BinaryField(_("kunci publik"), max_length=32)
    private = models.BinaryField(_("kunci pribadi, tersegel"))
    salt = models.BinaryField(_("garam"), max_length=16)
    passes = models.PositiveSmallIntegerField(_("putaran"))
    memory = models.PositiveIntegerField(_("memori"))
    made_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    retired_at = models.DateTimeField(_("tidak dipakai sejak"), null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunci pemeriksa")
        verbose_name_plural = pgettext_lazy("jamak", "kunci pemeriksa")
        ordering = ["user", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(retired_at=None), name="personalkey_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class HomeUnit(GuardedModel):
    """The unit in which an examiner serves: they examine nobody of that unit."""

    user = models.OneToOneField(
        User, verbose_name=_("pemeriksa"), on_delete=models.PROTECT, related_name="home_unit"
    )
    unit = models.ForeignKey(
        CivilUnit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="examiners"
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit asal pemeriksa")
        verbose_name_plural = pgettext_lazy("jamak", "unit asal pemeriksa")

    def __str__(self) -> str:
        return f"{self.user}: {self.unit}"


class RecoveryKeyQuerySet(GuardedQuerySet):
    """Queries on recovery keys."""

    def visible_to(self, by: Actor) -> RecoveryKeyQuerySet:
        """Those of the regions where the reader is examiner or auditor."""
        return self.filter(under("region_id", by.access.scopes(*READERS)))

    def kept_by(self, by: Actor) -> RecoveryKeyQuerySet:
        """Those of the regions that the reader examines."""
        return self.filter(under("region_id", by.access.scopes(Role.ASN_EXAMINER)))

    def in_use(self) -> RecoveryKeyQuerySet:
        """Those that were tried out and not retired."""
        return self.filter(retired_at=None).exclude(proven_at=None)


class RecoveryKey(GuardedModel):
    """A pair of keys whose private one exists only as shares in the hands of named offices.

    `holders` are the offices, in the order of their shares; `threshold` of them together recover.
    It is used once its shares were typed in and fitted (`proven_at`).
    """

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="recovery_keys"
    )
    public = models.BinaryField(_("kunci publik"), max_length=32)
    holders = models.JSONField(_("pemegang bagian"))
    threshold = models.PositiveSmallIntegerField(_("bagian yang diperlukan"))
    made_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    made_by = models.CharField(_("dibuat oleh"), max_length=150)
    proven_at = models.DateTimeField(_("teruji"), null=True, blank=True)
    retired_at = models.DateTimeField(_("tidak dipakai sejak"), null=True, blank=True)

    objects = RecoveryKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunci pemulihan")
        verbose_name_plural = pgettext_lazy("jamak", "kunci pemulihan")
        ordering = ["region", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(retired_at=None, proven_at__isnull=False),
                name="recoverykey_one_in_use",
            ),
            models.CheckConstraint(name="recoverykey_shared", condition=Q(threshold__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.threshold}/{len(self.holders)}"

    @property
    def is_in_use(self) -> bool:
        """Whether it was tried out and not retired."""
        return self.proven_at is not None and self.retired_at is None


class OfCaseQuerySet(GuardedQuerySet):
    """Queries on what belongs to a case."""

    def visible_to(self, by: Actor) -> OfCaseQuerySet:
        """What belongs to the cases that the reader may see."""
        return self.filter(case__in=Case.objects.visible_to(by).values("pk"))


class Member(GuardedModel):
    """Somebody may read a case: an examiner who works it, or an auditor let in to its content.

    Past members stay, with the day they left.
    """

    case = models.ForeignKey(
        Case, verbose_name=_("perkara"), on_delete=models.PROTECT, related_name="members"
    )
    user = models.ForeignKey(
        User, verbose_name=_("anggota"), on_delete=models.PROTECT, related_name="case_memberships"
    )
    added_at = models.DateTimeField(_("sejak"), auto_now_add=True)
    added_by = models.CharField(_("ditambahkan oleh"), max_length=150)
    removed_at = models.DateTimeField(_("sampai"), null=True, blank=True)
    removed_by = models.CharField(_("dikeluarkan oleh"), max_length=150, blank=True)
    removed_why = models.CharField(_("alasan keluar"), max_length=200, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota perkara")
        verbose_name_plural = pgettext_lazy("jamak", "anggota perkara")
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(removed_at=None), name="member_once_per_case"
            )
        ]
        indexes = [models.Index(fields=["user", "case"], name="member_of_user")]

    def __str__(self) -> str:
        return f"{self.case}: {self.user}"

    @property
    def why_left(self) -> str:
        """Why they left, in words."""
        words = {**dict(Leaving.choices), ERASED: _("Isi perkara dihapus")}
        return str(words.get(self.removed_why, self.removed_why))


class Wrap(GuardedModel):
    """The key of a case, sealed to one person's key or to the recovery key of its region."""

    case = models.ForeignKey(
        Case, verbose_name=_("perkara"), on_delete=models.PROTECT, related_name="wraps"
    )
    personal = models.ForeignKey(
        PersonalKey, on_delete=models.PROTECT, null=True, blank=True, related_name="wraps"
    )
    recovery = models.ForeignKey(
        RecoveryKey, on_delete=models.PROTECT, null=True, blank=True, related_name="wraps"
    )
    sealed = models.BinaryField(_("kunci perkara, tersegel"))

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("kunci perkara")
        verbose_name_plural = pgettext_lazy("jamak", "kunci perkara")
        constraints = [
            models.UniqueConstraint(fields=["case", "personal"], name="wrap_once_per_person"),
            models.UniqueConstraint(fields=["case", "recovery"], name="wrap_once_per_recovery"),
            models.CheckConstraint(
                name="wrap_for_one",
                condition=Q(personal=None, recovery__isnull=False)
                | Q(personal__isnull=False, recovery=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.personal or self.recovery}"
