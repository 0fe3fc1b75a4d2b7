"""What the frame of every page shows: menu, home region, how many alerts wait."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.alerts.panels import open_count
from forkopimda.people.models import User


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu of a signed-in reader with a role. Parts swapped in by htmx need no frame."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or request.headers.get("HX-Request"):
        return {}
    if request.path.startswith("/admin/") or not user.access.grants:
        return {}
    return {"home_region": user.home_region, "menu": _menu(request, user)}


def _menu(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    entries = [
        ("dashboard", _("Dasbor"), "situation:dashboard"),
        ("levels", _("Kerawanan"), "security:levels"),
        ("incidents", _("Insiden"), "incidents:list"),
        ("guards", _("Pengamanan"), "guards:overview"),
        ("meetings", _("Rapat"), "meetings:list"),
        ("asn", _("Netralitas ASN"), "asn_neutrality:register"),
        ("elections", _("Pemilihan"), "elections:list"),
        ("alerts", _("Peringatan"), "alerts:inbox"),
    ]
    menu = []
    for key, label, name in entries:
        url = reverse(name)
        within = (url, "/tps/") if key == "guards" else (url,)
        current = request.path == url or (url != "/" and request.path.startswith(within))
        badge = open_count(user) if key == "alerts" else 0
        menu.append({"key": key, "label": label, "url": url, "current": current, "badge": badge})
    return menu
