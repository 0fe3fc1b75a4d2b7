"""A Polsek proposes a level; the Polres approves it or returns it with a remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.people.models import User
from forkopimda.regions.models import Region, under

from .assessment import Assessment
from .rating import Level, RiskRating, Scheme

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    PENDING = "pending", _("Menunggu")
    APPROVED = "approved", _("Disetujui")
    RETURNED = "returned", _("Dikembalikan")
    WITHDRAWN = "withdrawn", _("Ditarik")
    OVERTAKEN = "overtaken", _("Didahului penilaian lain")


class ProposalQuerySet(GuardedQuerySet):
    """Queries on proposals."""

    def visible_to(self, by: Actor) -> ProposalQuerySet:
        """Proposals on regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def pending(self) -> ProposalQuerySet:
        """Those that wait for a decision."""
        return self.filter(state=ProposalState.PENDING)

    def with_level_before(self) -> ProposalQuerySet:
        """Adds `level_before`: the level in force when the proposal was made, or None."""
        then = RiskRating.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=OuterRef("made_at")),
            region=OuterRef("region"),
            scheme=Scheme.FORUM,
            valid_from__lte=OuterRef("made_at"),
        ).values("level")[:1]
        return self.annotate(level_before=Subquery(then))


class Proposal(GuardedModel):
    """A level that an officer proposes for a region."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="proposals"
    )
    level = models.CharField(_("tingkat yang diusulkan"), max_length=6, choices=Level.choices)
    reason = models.TextField(_("alasan"), max_length=2000)
    evidence = models.TextField(_("catatan bukti"), max_length=2000, blank=True)
    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("asesmen"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
    )
    departure = models.TextField(_("alasan berbeda dari saran"), max_length=1000, blank=True)
    author = models.ForeignKey(
        User, verbose_name=_("pengusul"), on_delete=models.PROTECT, related_name="proposals"
    )
    author_name = models.CharField(_("nama pengusul"), max_length=150)
    made_at = models.DateTimeField(_("diusulkan"), auto_now_add=True)
    state = models.CharField(
        _("keadaan"),
        max_length=10,
        choices=ProposalState.choices,
        default=ProposalState.PENDING,
    )
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_proposals",
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    remark = models.TextField(_("catatan penyelia"), max_length=1000, blank=True)
    rating = models.OneToOneField(
        RiskRating,
        verbose_name=_("penilaian"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan tingkat")
        verbose_name_plural = pgettext_lazy("jamak", "usulan tingkat")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                name="proposal_one_pending_per_region",
                condition=Q(state="pending"),
                violation_error_message=_("Masih ada usulan wilayah ini yang menunggu."),
            ),
            models.CheckConstraint(
                name="proposal_level_known", condition=Q(level__in=["low", "medium", "high"])
            ),
            models.CheckConstraint(name="proposal_has_reason", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(
                name="proposal_decided_whole",
                condition=Q(state="pending", decided_at=None, rating=None)
                | Q(state="approved", decided_at__isnull=False, rating__isnull=False)
                | Q(state="returned", decided_at__isnull=False, remark__regex=r"\S", rating=None)
                | Q(state__in=["withdrawn", "overtaken"], decided_at__isnull=False, rating=None),
            ),
        ]
        indexes = [models.Index(fields=["region", "-made_at"], name="proposal_latest")]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_level_display()}"
