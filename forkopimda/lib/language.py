"""The same words in each of the product's languages, for what is stored or sent."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import override


def in_each_language(words: Callable[[], str]) -> dict[str, str]:
    """`words()` once per language of the product: {"id": …, "en": …}."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts[code] = words()
    return texts
