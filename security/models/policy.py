"""What one regency sets for itself: approval, review, early warning, guards per station."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.lib.guard import GuardedModel, GuardedQuerySet
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, at_level, under

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from forkopimda.lib.authority import Actor


class PolicyQuerySet(GuardedQuerySet):
    """Queries on policies."""

    def visible_to(self, by: Actor) -> PolicyQuerySet:
        """Policies of the regencies that the reader may see."""
        return self.filter(under("region_id", by.access.reads()))

    def of(self, code: str) -> Policy:
        """The policy of the regency around the region `code`; without a row, the defaults."""
        regency = code[:REGENCY_LENGTH]
        found: Policy | None = self.filter(region=regency).first()
        return found or Policy(region_id=regency)


def _number(
    label: StrPromise, default: int, least: int, most: int, **more: StrPromise
) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        **more,  # type: ignore[arg-type]  # help_text alone
    )


class Policy(GuardedModel):
    """One regency's settings. The numbers are the product's defaults, not law."""

    region = models.OneToOneField(
        Region,
        verbose_name=_("kabupaten/kota"),
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="security_policy",
    )
    approval = models.BooleanField(
        _("usulan Polsek perlu persetujuan Polres"),
        default=True,
        help_text=_("bila tidak, Polsek langsung menetapkan tingkat kecamatannya"),
    )
    review_days = _number(_("penilaian ditinjau ulang sesudah (hari)"), 30, 1, 365)

    window_days = _number(_("insiden dihitung selama (hari)"), 30, 1, 365)
    half_life_days = _number(_("bobot insiden menjadi separuh tiap (hari)"), 7, 1, 180)
    neighbour_percent = _number(_("bagian insiden kecamatan tetangga (%)"), 30, 0, 100)
    voting_days = _number(_("hari pemungutan dihitung sejak H-minus"), 30, 1, 365)
    weight_incidents = _number(_("bobot insiden"), 40, 0, 100)
    weight_neighbours = _number(_("bobot tetangga"), 15, 0, 100)
    weight_alerts = _number(_("bobot peringatan terbuka"), 10, 0, 100)
    weight_voting = _number(_("bobot dekatnya hari pemungutan"), 15, 0, 100)
    weight_assessment = _number(_("bobot asesmen terakhir"), 20, 0, 100)
    warning_medium_from = _number(_("saran sedang mulai nilai"), 30, 1, 100)
    warning_high_from = _number(_("saran tinggi mulai nilai"), 60, 1, 100)
    warning_alert_from = _number(
        _("penyelia diperingatkan mulai nilai"),
        30,
        1,
        100,
        help_text=_("bila nilai naik melewati angka ini dan sarannya di atas tingkat yang berlaku"),
    )

    low_police = _number(_("kurang rawan: polisi"), 2, 0, 100)
    low_stations = _number(_("kurang rawan: untuk berapa TPS"), 8, 1, 100)
    risk_police = _number(_("rawan: polisi"), 2, 0, 100)
    risk_stations = _number(_("rawan: untuk berapa TPS"), 4, 1, 100)
    high_police = _number(_("sangat rawan: polisi"), 2, 0, 100)
    high_stations = _number(_("sangat rawan: untuk berapa TPS"), 2, 1, 100)
    special_police = _number(_("khusus: polisi"), 2, 0, 100)
    special_stations = _number(_("khusus: untuk berapa TPS"), 1, 1, 100)
    linmas_per_station = _number(_("Linmas per TPS"), 2, 0, 20)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("setelan keamanan kabupaten")
        verbose_name_plural = pgettext_lazy("jamak", "setelan keamanan kabupaten")
        ordering = ["region_id"]
        constraints = [
            models.CheckConstraint(
                name="policy_of_a_regency", condition=at_level("region", RegionLevel.REGENCY)
            ),
            models.CheckConstraint(
                name="policy_cutoffs_in_order",
                condition=Q(warning_high_from__gt=F("warning_medium_from")),
                violation_error_message=_("Ambang tinggi harus di atas ambang sedang."),
            ),
            models.CheckConstraint(
                name="policy_some_weight",
                condition=Q(weight_incidents__gt=0)
                | Q(weight_neighbours__gt=0)
                | Q(weight_alerts__gt=0)
                | Q(weight_voting__gt=0)
                | Q(weight_assessment__gt=0),
                violation_error_message=_("Paling sedikit satu bobot harus di atas nol."),
            ),
            models.CheckConstraint(
                name="policy_divides_by_stations",
                condition=Q(
                    low_stations__gte=1,
                    risk_stations__gte=1,
                    high_stations__gte=1,
                    special_stations__gte=1,
                    half_life_days__gte=1,
                    voting_days__gte=1,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.region)
