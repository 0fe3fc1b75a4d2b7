"""Search words, as people type them into a search box, for PostgreSQL's Indonesian text search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, IntegerField, Q
from django.db.models.lookups import Exact

LANGUAGE = "indonesian"  # PostgreSQL's text search configuration
#: More words than this are passed over: each costs a look into three indexes.
MOST_TERMS = 8
#: PostgreSQL's configuration knows Indonesian stems and no stop words.
COMMON = frozenset(
    {
        *("atau", "dalam", "dan", "dari", "dengan", "di", "ini", "itu"),
        *("ke", "oleh", "pada", "para", "serta", "tentang", "untuk", "yang"),
    }
)
_TERM = re.compile(r'(-?)("[^"]*"|[^\s"]+)')


@dataclass(frozen=True)
class Term:
    """One word, or several between quotation marks; a minus before it means "without"."""

    query: SearchQuery
    wanted: bool

    @property
    def says_nothing(self) -> Q:
        """Whether there is no word in it, but signs alone."""
        nodes = Func(self.query, function="numnode", output_field=IntegerField())
        return Q(Exact(nodes, 0))


def terms(words: str) -> list[Term]:
    """The words one by one: each may stand in another part of what is searched. Words that say
    nothing by themselves are passed over."""
    found = []
    for minus, text in _TERM.findall(words)[:MOST_TERMS]:
        phrase = text.strip('" ')
        if phrase and text.lower() not in COMMON:
            query = SearchQuery(phrase, config=LANGUAGE, search_type="phrase")
            found.append(Term(query, wanted=not minus))
    return found


def any_of(words: str) -> SearchQuery | None:
    """One query for whatever holds any of the wanted words; None when there are none."""
    wanted = [term.query for term in terms(words) if term.wanted]
    return reduce(or_, wanted) if wanted else None
