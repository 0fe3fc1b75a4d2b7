"""Photos drawn anew from their pixels: nothing that the camera wrote beside them is kept."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .files import clean_name

if TYPE_CHECKING:
    from typing import IO

    from django.core.files.uploadedfile import UploadedFile

MOST_PHOTOS = 8
MAX_BYTES = 12 * 1024 * 1024
#: More pixels than phones take in files of that size; drawing them would fill the memory.
MAX_PIXELS = 64_000_000
LONGEST_SIDE = 1600
SMALL_SIDE = 320
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
#: What Pillow raises on files that are broken, by chance or on purpose.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)


@dataclass(frozen=True)
class Redrawn:
    """A JPEG of pixels alone."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Its fingerprint: the same photo, drawn again, has the same."""
        return hashlib.sha256(self.content).hexdigest()


def redraw(upload: UploadedFile[Any]) -> Redrawn:
    """The uploaded photo, upright, at most 1600 pixels a side, without any metadata.

    ValidationError names the photo and says why it was refused: empty, too large, no picture,
    broken, or of a kind that can't be read.
    """
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size == 0:
        raise _refused(_("Foto “%(name)s” kosong."), name)
    if size > MAX_BYTES:
        raise _refused(
            _("Foto “%(name)s” berukuran %(size)s; paling besar %(most)s."),
            name,
            size=filesizeformat(size),
            most=filesizeformat(MAX_BYTES),
        )
    stream = cast("IO[bytes]", upload)
    stream.seek(0)
    head = stream.read(12)
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        raise _refused(
            _(
                "Foto “%(name)s” berformat HEIC, yang belum dapat dibaca. Setel kamera ke JPEG "
                "(“Paling Kompatibel”), atau kirim tangkapan layarnya."
            ),
            name,
        )
    stream.seek(0)
    try:
        return _drawn(stream, LONGEST_SIDE)
    except UnidentifiedImageError:
        raise _refused(_("“%(name)s” bukan foto. Yang diterima: JPEG, PNG, WebP."), name) from None
    except (Image.DecompressionBombError, TooManyPixels):
        raise _refused(
            _("Foto “%(name)s” terlalu banyak pikselnya; paling banyak %(most)s megapiksel."),
            name,
            most=MAX_PIXELS // 1_000_000,
        ) from None
    except BROKEN:
        raise _refused(_("Foto “%(name)s” rusak atau terpotong. Ambil lagi."), name) from None


def small(stream: IO[bytes]) -> bytes:
    """A small version of a stored photo, for a list of them."""
    return _drawn(stream, SMALL_SIDE).content


class TooManyPixels(Exception):
    """The picture says that it is larger than MAX_PIXELS."""


def _drawn(stream: IO[bytes], longest: int) -> Redrawn:
    with Image.open(stream, formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise TooManyPixels
        picture.draft("RGB", (longest, longest))  # a JPEG is read at a fraction of its size
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((longest, longest))
        clean = Image.new("RGB", upright.size, "white")
        if upright.has_transparency_data:
            upright = upright.convert("RGBA")
            clean.paste(upright, mask=upright.getchannel("A"))
        else:
            clean.paste(upright.convert("RGB"))
    content = BytesIO()
    clean.save(content, "JPEG", quality=QUALITY, optimize=True)
    return Redrawn(content.getvalue(), *clean.size)


def _refused(message: str, name: str, **words: Any) -> ValidationError:
    return ValidationError(message % {"name": name, **words})
