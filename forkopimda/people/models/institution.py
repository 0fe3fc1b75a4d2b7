"""Institutions of a region's forum and those it works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Region, under

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


class Membership(models.TextChoices):
    """An institution's place in the forum. Statutory members and guests are kept apart."""

    CHAIR = "chair", _("ketua")
    MEMBER = "member", _("anggota")
    INVITED = "invited", pgettext_lazy("kedudukan", "undangan")


class InstitutionQuerySet(GuardedQuerySet):
    """Queries on institutions."""

    def visible_to(self, by: Actor) -> InstitutionQuerySet:
        """Institutions of the regions whose shared picture the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def standing(self) -> InstitutionQuerySet:
        """Those that belong to every meeting of their forum: chair, members, standing guests."""
        members = models.Q(membership__in=[Membership.CHAIR, Membership.MEMBER])
        return self.filter(members | models.Q(always_invited=True))


class Institution(GuardedModel):
    """A body that takes part in the forum of one region."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="institutions"
    )
    code = models.SlugField(_("kode"), max_length=30)
    name = models.CharField(_("nama"), max_length=120)
    head_title = models.CharField(_("sebutan pimpinan"), max_length=80)
    membership = models.CharField(
        _("kedudukan dalam forum"), max_length=10, choices=Membership.choices
    )
    always_invited = models.BooleanField(
        _("selalu diundang"),
        default=False,
        help_text=_("undangan tetap; ketua dan anggota selalu diundang"),
    )
    phone = models.CharField(
        _("telepon kantor"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[+0-9][0-9 ()-]{2,28}$", _("Contoh: 0622 123456 atau 110."))],
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("lembaga")
        verbose_name_plural = pgettext_lazy("jamak", "lembaga")
        ordering = ["region", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                name="institution_code_once_per_region",
                violation_error_message=_("Kode lembaga ini sudah dipakai di wilayah tersebut."),
            )
        ]

    def __str__(self) -> str:
        return self.name
