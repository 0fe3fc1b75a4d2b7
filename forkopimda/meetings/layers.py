"""What this app offers the map: where follow-ups are still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.layers import Feature, Key, Layer, Shown
from forkopimda.lib.templatetags.words import figure
from forkopimda.regions.models import under
from forkopimda.regions.onmap import listed

from .models import FollowUp
from .models.followup import FollowUpQuerySet

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import View
    from forkopimda.regions.onmap import Area

SIGNS = {"follow-up": "☐", "follow-up-late": "!"}


def follow_ups(by: Actor, view: View) -> Shown:
    """Follow-ups with a place that were open at the moment, per region of the view."""
    listing = listed(by, view, marks=True)
    found = {}
    if listing.areas:
        late = Q(due_on__lt=timezone.localdate(view.at))
        rows = (
            cast(FollowUpQuerySet, FollowUp.objects.visible_to(by))
            .filter(under("place_id", listing.around), created_at__lte=view.at)
            .filter(Q(finished_at=None) | Q(finished_at__gt=view.at))
            .order_by()
            .values(area=Left("place_id", listing.length))
            .annotate(open=Count("pk"), late=Count("pk", filter=late))
        )
        found = {
            code: (count, over) for code, count, over in rows.values_list("area", "open", "late")
        }
    areas = [area for area in listing.areas if area.code in found and area.place]
    return Shown(
        (areas, sorted(found.items())),
        lambda: [_group(area, *found[area.code]) for area in areas],
        _("Tindak lanjut rapat yang belum selesai, menurut tempatnya."),
        everywhere=listing.whole,
    )


def _group(area: Area, count: int, late: int) -> Feature:
    style = "follow-up-late" if late else "follow-up"
    return Feature(
        "group",
        area.name,
        style,
        SIGNS[style],
        _("{count} terlambat").format(count=figure(late))
        if late
        else _("Belum ada yang terlambat"),
        code=area.code,
        label=figure(count),
        place=area.place,
        facts=[(_("Belum selesai"), figure(count)), (_("Terlambat"), figure(late))],
        link=reverse("meetings:board"),
    )


FOLLOW_UPS = Layer(
    key="tindak-lanjut",
    title=gettext_lazy("Tindak lanjut rapat"),
    build=follow_ups,
    permission="meetings.enter",
    legend=(
        Key("follow-up-late", SIGNS["follow-up-late"], gettext_lazy("Ada yang terlambat")),
        Key("follow-up", SIGNS["follow-up"], gettext_lazy("Belum selesai")),
    ),
    topics=("meetings",),
)
