"""A region is its code: PP province, PP.RR regency or city, PP.RR.KK kecamatan,
PP.RR.KK.VVVV village. The code is the primary key, so that a subtree is a prefix of the key and
of every foreign key to it (docs/decisions/0002)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.guard import GuardedModel, GuardedQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forkopimda.lib.authority import Actor

CODE_PATTERN = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"
CODE_LENGTH = len("12.19.08.2001")


class Level(models.TextChoices):
    """The four levels of regions, from the top."""

    PROVINCE = "province", _("provinsi")
    REGENCY = "regency", _("kabupaten/kota")
    KECAMATAN = "kecamatan", _("kecamatan")
    VILLAGE = "village", _("desa/kelurahan")


LEVEL_BY_LENGTH = {
    len("12"): Level.PROVINCE,
    len("12.19"): Level.REGENCY,
    len("12.19.08"): Level.KECAMATAN,
    CODE_LENGTH: Level.VILLAGE,
}


class TimeZone(models.TextChoices):
    """Indonesia's three zones."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


def ancestors(code: str) -> list[str]:
    """Codes of the regions that contain `code`, from the province down to `code` itself."""
    parts = code.split(".")
    return [".".join(parts[: i + 1]) for i in range(len(parts))]


def under(field: str, scopes: Iterable[str]) -> Q:
    """Condition: the region code in `field` lies in one of `scopes`; none: nothing does."""
    # A foreign key knows no "startswith"; its target's key does, and costs no join.
    path = f"{field.removesuffix('_id')}__code" if field.endswith("_id") else field
    condition = Q()
    for scope in scopes:
        condition |= Q(**{f"{path}__startswith": scope})
    return condition or Q(pk__in=[])


def at_level(field: str, *levels: Level) -> In:
    """Constraint on a foreign key to Region: it names a region of one of these levels, as the
    length of its code tells."""
    lengths = [length for length, level in LEVEL_BY_LENGTH.items() if level in levels]
    return In(Length(F(field)), lengths)


class RegionQuerySet(GuardedQuerySet):
    """Queries on regions."""

    def within(self, code: str) -> RegionQuerySet:
        """The region `code` and all that lies in it; an empty code: all regions."""
        return self.filter(code__startswith=code)

    def children_of(self, code: str) -> RegionQuerySet:
        """The regions one level below `code`; an empty code: the provinces."""
        if not code:
            return self.filter(parent=None)
        return self.filter(parent=code)

    def visible_to(self, by: Actor) -> RegionQuerySet:
        """Regions whose shared picture the reader may see."""
        return self.filter(under("code", by.access.reads()))


class Region(GuardedModel):
    """One administrative region."""

    code = models.CharField(_("kode"), primary_key=True, max_length=CODE_LENGTH, db_collation="C")
    level = models.CharField(_("tingkat"), max_length=10, choices=Level.choices)
    name = models.CharField(_("nama"), max_length=100)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("bagian dari"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    time_zone = models.CharField(
        _("zona waktu"), max_length=20, choices=TimeZone.choices, default=TimeZone.WIB
    )
    latitude = models.FloatField(
        _("lintang"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("titik tengah, derajat WGS 84"),
    )
    longitude = models.FloatField(
        _("bujur"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("titik tengah, derajat WGS 84"),
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = pgettext_lazy("jamak", "wilayah")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="region_code_form", condition=Q(code__regex=CODE_PATTERN)),
            # A check that comes out NULL lets the row pass: hence each "is not null" below.
            models.CheckConstraint(
                name="region_parent_by_code",
                condition=Q(level=Level.PROVINCE, parent__isnull=True)
                | Q(level=Level.REGENCY, parent__isnull=False, parent=Left("code", 2))
                | Q(level=Level.KECAMATAN, parent__isnull=False, parent=Left("code", 5))
                | Q(level=Level.VILLAGE, parent__isnull=False, parent=Left("code", 8)),
            ),
            models.CheckConstraint(
                name="region_level_by_code",
                condition=Q(level=Level.PROVINCE, code__regex=r"^.{2}$")
                | Q(level=Level.REGENCY, code__regex=r"^.{5}$")
                | Q(level=Level.KECAMATAN, code__regex=r"^.{8}$")
                | Q(level=Level.VILLAGE, code__regex=r"^.{13}$"),
            ),
            models.CheckConstraint(
                name="region_centroid_whole_and_on_earth",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
        ]
        indexes = [models.Index(fields=["name"], name="region_name")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name with its kind: "Kecamatan Sei Suka"; a regency's name carries its own."""
        if self.level == Level.KECAMATAN:
            return f"Kecamatan {self.name}"
        if self.level == Level.VILLAGE:
            kind = "Kelurahan" if self.code[-4] == "1" else "Desa"
            return f"{kind} {self.name}"
        return self.name


EARTH_KM2 = 510_072_000
#: The sides of the box around an outline, in the order of Shapely's bounds.
EDGES = ("west", "south", "east", "north")
REAL = Q(schematic=False)


class BoundaryQuerySet(GuardedQuerySet):
    """Queries on boundaries."""

    def real(self) -> BoundaryQuerySet:
        """Outlines that were loaded, not computed from centroids."""
        return self.filter(REAL)

    def visible_to(self, by: Actor) -> BoundaryQuerySet:
        """Boundaries of the regions that the reader may see."""
        return self.filter(under("region_id", by.access.reads()))


class Boundary(GuardedModel):
    """The outline of a region, apart from it so that lists of regions stay light."""

    region = models.OneToOneField(
        Region,
        verbose_name=_("wilayah"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="boundary",
    )
    geometry: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("batas"), help_text=_("GeoJSON Polygon atau MultiPolygon, derajat WGS 84")
    )
    area_km2 = models.FloatField(_("luas (km²)"))
    schematic = models.BooleanField(
        _("skematis"), default=False, help_text=_("dihitung dari titik tengah, bukan batas resmi")
    )
    derived = models.BooleanField(
        _("turunan"), default=False, help_text=_("gabungan batas wilayah di dalamnya")
    )
    # The box around the outline: maps ask what lies in their view without reading outlines.
    west = models.FloatField(_("tepi barat"))
    south = models.FloatField(_("tepi selatan"))
    east = models.FloatField(_("tepi timur"))
    north = models.FloatField(_("tepi utara"))
    source = models.CharField(_("sumber"), max_length=200)
    loaded_at = models.DateTimeField(_("dimuat"), auto_now=True)

    objects = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("batas wilayah")
        verbose_name_plural = pgettext_lazy("jamak", "batas wilayah")
        ordering = ["region_id"]  # "region" would join the regions for their own order
        constraints = [
            models.CheckConstraint(
                name="boundary_area_on_earth",
                condition=Q(area_km2__gt=0, area_km2__lt=EARTH_KM2),
            ),
            models.CheckConstraint(
                name="boundary_geometry_kind",
                condition=Q(
                    geometry__has_keys=["type", "coordinates"],
                    geometry__type__in=["Polygon", "MultiPolygon"],
                ),
            ),
        ]
        indexes = [
            # Answers at once when real outlines last changed (lookup.py asks at every call).
            models.Index(fields=["loaded_at"], name="boundary_real_latest", condition=REAL),
            # Outlines stand beside the boxes in the table; a map's view reads the boxes alone.
            models.Index(fields=["west", "east", "south", "north"], name="boundary_box"),
        ]

    def __str__(self) -> str:
        return str(self.region)


class NeighbourQuerySet(GuardedQuerySet):
    """Queries on shared borders."""

    def visible_to(self, by: Actor) -> NeighbourQuerySet:
        """Borders of the regions that the reader may see."""
        return self.filter(under("region_id", by.access.reads()))


class Neighbour(GuardedModel):
    """Two kecamatan share a border; each pair stands in both directions. Kept with the outlines."""

    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.CASCADE, related_name="neighbours"
    )
    other = models.ForeignKey(
        Region, verbose_name=_("tetangga"), on_delete=models.CASCADE, related_name="+"
    )

    objects = NeighbourQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah bertetangga")
        verbose_name_plural = pgettext_lazy("jamak", "wilayah bertetangga")
        ordering = ["region_id", "other_id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "other"], name="neighbour_once"),
            models.CheckConstraint(
                name="neighbour_is_another", condition=~Q(region=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} – {self.other_id}"
