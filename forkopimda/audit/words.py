"""How each act reads in words. Apps register a sentence per action when they start."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.functional import Promise

_sentences: dict[str, Promise | str] = {}


def reads(action: str, sentence: Promise | str) -> None:
    """Registers the sentence of `action`; `{actor}` and the event's data may stand in it."""
    _sentences[action] = sentence


def known_actions() -> frozenset[str]:
    """Every action that has a sentence."""
    return frozenset(_sentences)


def in_words(action: str, data: dict[str, Any]) -> str:
    """The sentence of one act, or the action's own name where none is registered."""
    sentence = _sentences.get(action)
    if sentence is None:
        return f"{data.get('actor')}: {action}"
    return str(sentence).format_map(defaultdict(lambda: "–", data))
