"""Reads the features of a GeoJSON file one at a time, so that its size does not matter."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHUNK = 1 << 20
LARGEST_VALUE = 1 << 26  # characters of one feature; more is a broken file
SPACE = " \t\r\n"
AFTER_NUMBER = SPACE + ",]}"
_decoder = json.JSONDecoder()


class _BrokenJsonError(ValueError):
    """The text is not JSON from here on."""


class _Window:
    """The part of a text that is being looked at; JSON values are taken from its front."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""
        self.at = 0

    def more(self) -> bool:
        """Widens the window, twofold each time; False when the text has ended."""
        rest = len(self.text) - self.at
        if rest > LARGEST_VALUE:
            return False
        chunk = self.stream.read(max(CHUNK, rest))
        if not chunk:
            return False
        self.text = self.text[self.at :] + chunk
        self.at = 0
        return True

    def peek(self) -> str:
        """The next character that is not white space, not taken; empty at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in SPACE:
                    return self.text[self.at]
                self.at += 1
            if not self.more():
                return ""

    def take(self, expected: str) -> str:
        """Takes the next character, which must be one of `expected`."""
        character = self.peek()
        if not character or character not in expected:
            raise _BrokenJsonError
        self.at += 1
        return character

    def value(self) -> object:
        """Takes a whole JSON value."""
        self.peek()
        while True:
            try:
                value, end = _decoder.raw_decode(self.text, self.at)
            except RecursionError as error:
                raise _BrokenJsonError from error
            except ValueError as error:
                if not self.more():
                    raise _BrokenJsonError from error
                continue
            if isinstance(value, int | float) and not self._ends(end) and self.more():
                continue
            self.at = end
            return value

    def _ends(self, end: int) -> bool:
        """Whether a number is over at `end`; cut short by the window, it still reads as one."""
        return end < len(self.text) and self.text[end] in AFTER_NUMBER


def read_features(stream: BinaryIO) -> Iterator[object]:
    """The features of a FeatureCollection, one by one, as they stand; ValidationError if none."""
    count = 0
    text = io.TextIOWrapper(stream, encoding="utf-8-sig")
    try:
        for feature in _members(_Window(text)):
            count += 1
            yield feature
    except UnicodeDecodeError as error:
        raise ValidationError(_("Berkas bukan teks UTF-8.")) from error
    except _BrokenJsonError as error:
        if count:
            raise ValidationError(
                _("Berkas rusak: sesudah fitur ke-{count} bukan JSON lagi.").format(count=count)
            ) from error
        raise ValidationError(_("Berkas bukan JSON.")) from error
    finally:
        text.detach()


def _members(window: _Window) -> Iterator[object]:
    kind: object = None
    found = False
    if window.take("{[") == "[":
        _refuse_kind()
    more = window.peek() != "}"
    if not more:
        window.take("}")
    while more:
        key = window.value()
        window.take(":")
        if key == "features" and window.peek() == "[":
            found = True
            yield from _items(window)
        elif key == "type":
            kind = window.value()
        else:
            window.value()
        more = window.take(",}") == ","
    if window.peek():
        raise _BrokenJsonError
    if kind != "FeatureCollection" or not found:
        _refuse_kind()


def _items(window: _Window) -> Iterator[object]:
    window.take("[")
    if window.peek() == "]":
        window.take("]")
        return
    yield window.value()
    while window.take(",]") == ",":
        yield window.value()


def _refuse_kind() -> None:
    raise ValidationError(_("Berkas bukan FeatureCollection GeoJSON."))
