"""Keeps locale/en in step with the Indonesian words in the code, without gettext's tools."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

SOURCES = ("forkopimda", "security", "asn_neutrality", "templates")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


class Command(BaseCommand):
    """`make_messages` updates locale/en; with `--check` it says what is missing or stale."""

    help = "Updates the English catalogue from the code and templates, or checks it."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail if stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Extracts, compares or merges."""
        path = settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES" / "django.po"
        fresh = _extracted()
        known = _stored(path)
        if options["check"]:
            _check(fresh, known)
            self.stdout.write(f"{len(fresh)} messages, all translated into English")
            return
        created = known.creation_date
        known.update(fresh, no_fuzzy_matching=True)
        known.creation_date, known.fuzzy = created, False
        known.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            write_po(
                stream, known, width=100, sort_output=True, no_location=True, omit_header=False
            )
        missing = [message.id for message in known if message.id and not message.string]
        self.stdout.write(f"{len(fresh)} messages, {len(missing)} to translate in {path.name}")


def _stored(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en", project="forkopimda", creation_date=None)
    with path.open("rb") as stream:
        return read_po(stream, locale="en")


def _extracted() -> Catalog:
    catalog = Catalog(project="forkopimda")
    for file in _files():
        for _line, message, _comments, context in _messages(file):
            catalog.add(message, context=context)
    return catalog


def _files() -> Iterator[Path]:
    for source in SOURCES:
        root = settings.BASE_DIR / source
        for suffix in ("*.py", "*.html", "*.txt"):
            yield from (
                file for file in sorted(root.rglob(suffix)) if "migrations" not in file.parts
            )


def _messages(file: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Django turns a template into lines that look like Python; indentation means nothing.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return extract(
        "python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    )


def _strings(stored: Message | None) -> list[str]:
    if stored is None or not stored.string:
        return []
    return [stored.string] if isinstance(stored.string, str) else list(stored.string)


def _check(fresh: Catalog, known: Catalog) -> None:
    wrong = []
    for message in fresh:
        if not message.id:
            continue
        stored = known.get(message.id, context=message.context)
        name = message.id if isinstance(message.id, str) else message.id[0]
        strings = _strings(stored)
        if not strings or not all(strings):
            wrong.append(f"not translated: {name}")
        elif any(set(PLACEHOLDER.findall(s)) != set(PLACEHOLDER.findall(name)) for s in strings):
            wrong.append(f"placeholders differ: {name}")
        elif stored and stored.fuzzy:
            wrong.append(f"marked as unsure: {name}")
    wrong += [
        f"no longer used: {m.id}"
        for m in known
        if m.id and fresh.get(m.id, context=m.context) is None
    ]
    if wrong:
        raise CommandError("locale/en is not up to date:\n  " + "\n  ".join(wrong))
