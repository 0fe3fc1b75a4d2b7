"""The layer of guards: how many people are posted where at the moment of the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.layers import Feature, Key, Layer, Shown
from forkopimda.regions.models import under
from forkopimda.regions.onmap import listed

from ..models import POLICE, Posting
from .texts import Texts

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import View
    from forkopimda.regions.onmap import Area

SIGN = "♟"


def build(by: Actor, view: View) -> Shown:
    """People in force at the moment, per region of the view."""
    listing = listed(by, view, marks=True)
    posted = {}
    if listing.areas:
        rows = (
            Posting.objects.visible_to(by)
            .at(view.at)
            .filter(under("region_id", listing.around))
            .order_by()
            .values(area=Left("region_id", listing.length))
            .annotate(
                all=Sum("people"),
                police=Coalesce(Sum("people", filter=Q(unit__kind__in=POLICE)), 0),
            )
        )
        posted = {
            code: (everybody, police)
            for code, everybody, police in rows.values_list("area", "all", "police")
        }
    areas = [area for area in listing.areas if area.code in posted and area.place]
    return Shown(
        (areas, sorted(posted.items())),
        lambda: _groups(areas, posted),
        _("Jumlah orang yang ditempatkan pada saat itu."),
        everywhere=listing.whole,
    )


def _groups(areas: list[Area], posted: dict[str, tuple[int, int]]) -> list[Feature]:
    texts, found = Texts(), []
    words, labels = _("{count} orang ditempatkan"), (_("Polisi"), _("Lainnya"))
    for area in areas:
        everybody, police = posted[area.code]
        count = texts.number(everybody)
        values = texts.number(police), texts.number(everybody - police)
        found.append(
            Feature(
                "group",
                area.name,
                "guards",
                SIGN,
                words.format(count=count),
                code=area.code,
                label=count,
                place=area.place,
                facts=list(zip(labels, values, strict=True)),
                link=texts.page(area.code),
            )
        )
    return found


GUARDS = Layer(
    key="pengamanan",
    title=gettext_lazy("Personel pengamanan"),
    build=build,
    permission="security.view_guards",
    legend=(Key("guards", SIGN, gettext_lazy("Orang yang ditempatkan")),),
    topics=("guards",),
)
