"""How each act reads in words. Apps register a sentence per action when they start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

Words = Mapping[str, Promise | str]

_sentences: dict[str, Promise | str] = {}
_names: dict[str, dict[str, Words]] = {}


def reads(action: str, sentence: Promise | str, **names: Words) -> None:
    """Registers the sentence of `action`; `{actor}` and the event's data may stand in it.

    The data holds codes; `names` says, for a field that has them, how each code reads.
    """
    _sentences[action] = sentence
    _names[action] = names


def known_actions() -> frozenset[str]:
    """Every action that has a sentence."""
    return frozenset(_sentences)


def in_words(action: str, data: dict[str, Any]) -> str:
    """The sentence of one act, or the action's own name where none is registered."""
    sentence = _sentences.get(action)
    if sentence is None:
        return f"{data.get('actor')}: {action}"
    words = {
        field: _names[action].get(field, {}).get(value, value) if isinstance(value, str) else value
        for field, value in data.items()
        if value is not None
    }
    return str(sentence).format_map(defaultdict(lambda: "–", words))
