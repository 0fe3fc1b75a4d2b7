"""Where in a meeting the words that were searched for stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .models import AgendaItem, Decision, Meeting
from .models.words import LANGUAGE, any_of

#: Marks around a found word. Private code points of Unicode: no text of ours holds them, and one
#: that does comes to no harm, since they only ever become <mark> in pairs.
START, STOP = "\ue000", "\ue001"
_MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")


@dataclass(frozen=True)
class Find:
    """A piece of text around the words, and what it is a piece of."""

    where: str | Promise
    text: SafeString


def finds(meetings: Sequence[Meeting], words: str) -> dict[int, list[Find]]:
    """By meeting: its first agenda point and its first decision that hold any of the words.

    For the meetings of one page, which the reader may open: two queries, whatever they hold.
    """
    query = any_of(words)
    if query is None or not meetings:
        return {}
    found = defaultdict(list)
    keys = [meeting.pk for meeting in meetings]
    points = AgendaItem.objects.filter(meeting__in=keys, words=query)
    whole = Concat("title", Value(". "), "minutes", output_field=TextField())
    for key, text in _headlines(points, whole, query):
        found[key].append(Find(_("Acara dan notulen"), marked(text)))
    decisions = Decision.objects.filter(meeting__in=keys, words=query)
    for key, text in _headlines(decisions, F("text"), query):
        found[key].append(Find(_("Keputusan"), marked(text)))
    return found


def _headlines(
    parts: QuerySet[AgendaItem] | QuerySet[Decision], text: F | Concat, query: SearchQuery
) -> list[tuple[int, str]]:
    shown = SearchHeadline(
        text,
        query,
        config=LANGUAGE,
        start_sel=START,
        stop_sel=STOP,
        max_words=24,
        min_words=12,
    )
    first = parts.order_by("meeting_id", "number").distinct("meeting_id")
    return list(first.annotate(shown=shown).values_list("meeting_id", "shown"))


def marked(text: str) -> SafeString:
    """The text escaped, with found words marked."""
    pieces = [
        format_html("<mark>{}</mark>", piece) if number % 2 else _plain(piece)
        for number, piece in enumerate(_MARKED.split(text))
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _plain(piece: str) -> str:
    return piece.replace(START, "").replace(STOP, "")
