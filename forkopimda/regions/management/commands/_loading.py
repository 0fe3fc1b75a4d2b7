"""What the loading commands share: opening the file, progress, and errors in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper
from django.utils.formats import number_format
from django.utils.translation import gettext as _

SHOWN = 50


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file at `path`; CommandError says why it can't be read."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise CommandError(_("Berkas {path} tidak ada.").format(path=path)) from error
    except IsADirectoryError as error:
        raise CommandError(_("{path} adalah folder, bukan berkas.").format(path=path)) from error
    except OSError as error:
        raise CommandError(
            _("Berkas {path} tidak dapat dibaca: {reason}").format(path=path, reason=error.strerror)
        ) from error
    with stream:
        yield stream


@contextmanager
def plain_errors(subject: object) -> Iterator[None]:
    """Turns an action's refusal into a CommandError that lists its reasons, the first ones."""
    try:
        yield
    except ValidationError as error:
        reasons = "\n".join(f"  {line}" for line in first_of(error.messages))
        raise CommandError(
            _("{subject} ditolak, tidak ada yang disimpan:\n{reasons}").format(
                subject=subject, reasons=reasons
            )
        ) from error


def first_of(lines: Sequence[str]) -> list[str]:
    """The first lines, and how many more there are."""
    shown = list(lines[:SHOWN])
    if len(lines) > SHOWN:
        shown.append(_("… dan {count} lagi").format(count=number(len(lines) - SHOWN)))
    return shown


def number(count: int) -> str:
    """A count with its thousands set apart."""
    return str(number_format(count, force_grouping=True))


def progress_on(out: OutputWrapper) -> Callable[[str, int], None]:
    """Progress as lines on `out`, each shown at once."""

    def show(stage: str, rows: int) -> None:
        out.write(f"{stage}: {number(rows)}")
        out.flush()

    return show
