"""Template filters for words about time, in the reader's language and zone."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

_ZONE_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}


def zone_name(moment: datetime) -> str:
    """WIB, WITA or WIT for an aware time in an Indonesian zone, else its own abbreviation."""
    offset = moment.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else None
    return _ZONE_NAMES.get(int(hours), "") if hours in _ZONE_NAMES else (moment.tzname() or "")


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A time as "21 November 2024, 18.32 WIB" in the zone in force, with its machine form."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    words = f"{formats.date_format(local, 'DATETIME_FORMAT')} {zone_name(local)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A date as "21 November 2024", in the zone in force for a time."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html(
        '<time datetime="{}">{}</time>',
        value.isoformat(),
        formats.date_format(value, "DATE_FORMAT"),
    )


@register.filter
def weekday(value: date | datetime) -> str:
    """The day's name, as "Kamis"."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return formats.date_format(value, "l")


@register.filter
def ago(value: datetime | None) -> SafeString | str:
    """How long ago a time was, in its largest unit, with the full time as a tooltip."""
    if value is None:
        return "–"
    seconds = int((timezone.now() - value).total_seconds())
    if seconds < 60:
        words = _("baru saja")
    elif seconds < 3600:
        count = seconds // 60
        words = ngettext("%(count)s menit lalu", "%(count)s menit lalu", count) % {"count": count}
    elif seconds < 86400:
        count = seconds // 3600
        words = ngettext("%(count)s jam lalu", "%(count)s jam lalu", count) % {"count": count}
    elif seconds < 30 * 86400:
        count = seconds // 86400
        words = ngettext("%(count)s hari lalu", "%(count)s hari lalu", count) % {"count": count}
    else:
        words = formats.date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")
    local = timezone.localtime(value)
    full = f"{formats.date_format(local, 'DATETIME_FORMAT')} {zone_name(local)}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), full, words
    )


@register.filter
def plain_moment(value: datetime) -> str:
    """A time as "21 November 2024, 18.32 WIB", for plain text."""
    local = timezone.localtime(value)
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} {zone_name(local)}"


@register.filter
def figure(value: float | None) -> str:
    """A number for reading: "1.234,5" in Indonesian. Keys and form values stay as they are."""
    if value is None:
        return "–"
    return str(formats.number_format(value, force_grouping=True))
