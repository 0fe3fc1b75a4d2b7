"""What logs and error reports keep of pages that take secrets: where it failed, not one word of
what was sent there.

Such pages begin with one of settings.DISCREET_PATHS; loggers that work behind them with one of
settings.DISCREET_LOGGERS. The text of an exception is left out as well: libraries put the value
that they could not read into it. Of settings.APART_PATHS not even the rest of the address is
kept, because people type codes there.
"""

from __future__ import annotations

import copy
import logging
import traceback
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import ExceptionReporter

if TYPE_CHECKING:
    from types import TracebackType


class Formatter(logging.Formatter):
    """One line per record, and the way to the exception without its text where that is due."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        if not _is_discreet(record):
            return super().format(record)
        kept = copy.copy(record)
        kept.exc_text = _way_to(record.exc_info) if record.exc_info else None
        kept.exc_info = kept.stack_info = None
        path = _path_of(record)
        for prefix in settings.APART_PATHS:
            if path.startswith(prefix):
                kept.msg, kept.args = record.getMessage().replace(path, f"{prefix}…"), None
        return super().format(kept)


class Reporter(ExceptionReporter):
    """Django's report of an error, without what was sent where that is due."""

    def get_traceback_data(self) -> dict[str, Any]:
        """What the report is made of."""
        data: dict[str, Any] = super().get_traceback_data()
        if self.request is None or not self.request.path.startswith(settings.DISCREET_PATHS):
            return data
        for frame in data["frames"]:
            frame["vars"] = []
            frame["exc_cause"] = _name_of(frame.get("exc_cause"))
        for name in ("filtered_POST_items", "request_GET_items", "request_FILES_items"):
            data[name] = []
        for name in ("exception_value", "exception_notes", "unicode_hint", "template_info"):
            data[name] = None
        return data | {
            "request_COOKIES_items": [],
            "request_meta": {},
            "request_insecure_uri": "",
            "user_str": "",
        }


def _is_discreet(record: logging.LogRecord) -> bool:
    if record.name.startswith(settings.DISCREET_LOGGERS):
        return True
    return _path_of(record).startswith(settings.DISCREET_PATHS)


def _path_of(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    return str(request.path) if isinstance(request, HttpRequest) else ""


def _way_to(
    info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
) -> str:
    """The traceback of an exception and of those behind it, each by its type alone."""
    lines: list[str] = []
    error, seen = info[1], set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines += [*traceback.format_tb(error.__traceback__), f"{_name_of(error)}\n"]
        error = error.__cause__ or error.__context__
    return "".join(lines).rstrip()


def _name_of(error: object) -> str:
    return type(error).__qualname__ if isinstance(error, BaseException) else ""
