"""A user's own calendar address: made, renewed, switched off."""

from __future__ import annotations

from hashlib import sha256

from forkopimda.audit.actions import record
from forkopimda.lib.authority import require
from forkopimda.lib.guard import action
from forkopimda.people.models import User

from ..models import CalendarFeed
from ..models.meeting import new_key


@action
def renew_feed(*, by: User) -> str:
    """Makes the user's calendar address, or a new one: the old one is dead. Gives the key, of
    which only the hash is kept."""
    require(by, "meetings.enter")
    key = new_key()
    feed = CalendarFeed.objects.select_for_update().filter(user=by).first()
    feed = feed or CalendarFeed(user=by)
    feed.key_hash = key_hash(key)
    feed.full_clean()
    feed.save()
    record(by=by, act="meetings.renew_feed", target=feed)
    return key


@action
def close_feed(*, by: User) -> None:
    """Switches the user's calendar address off."""
    require(by, "meetings.enter")
    for feed in CalendarFeed.objects.filter(user=by):
        record(by=by, act="meetings.close_feed", target=feed)
        feed.delete()


def key_hash(key: str) -> str:
    """What is kept of a calendar address's key."""
    return sha256(key.encode()).hexdigest()
