"""PDF documents from typst templates.

Data reaches a template as JSON in `sys.inputs`, never as source, so that what people typed is
printed and not run. Only the fonts of typst's own wheel are used and no package is fetched: the
same data gives the same bytes on every machine.
"""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst


class DocumentFailed(RuntimeError):
    """A template could not be made into a PDF: a mistake in the template or in its data."""


def render(template: Path, data: dict[str, Any], *, at: datetime) -> bytes:
    """The PDF of `template` with `data`, dated `at`. It may read files beside it, and no others."""
    try:
        pdf: bytes | None = typst.compile(
            template,
            root=template.parent,
            ignore_system_fonts=True,
            format="pdf",
            timestamp=int(at.timestamp()),
            package_path=template.parent,
            package_cache_path=template.parent,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise DocumentFailed(f"{template.name}: {error}") from error
    if not pdf:
        raise DocumentFailed(f"{template.name}: nothing was made")
    return pdf


def qr_svg(text: str) -> str:
    """A QR code of `text` as an SVG image, for a template to print."""
    image = BytesIO()
    segno.make(text, error="m", micro=False).save(image, kind="svg", border=0, xmldecl=False)
    return image.getvalue().decode()
