"""Files that people hand in and take out: checked, kept, served.

What a file is, is decided by its content. Nothing is unpacked beyond a bounded look at the list
of a packed document's parts.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import IO, TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.http import Http404, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models.fields.files import FieldFile

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

MAX_BYTES = 10 * 1024 * 1024
NAME_LENGTH = 150
HEAD = 4096
MANY_PARTS = 5000
MANY_BYTES = 200 * 1024 * 1024
LIST_BYTES = 512 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Checked:
    """What an upload is: a clean name, and the type that its content shows."""

    name: str
    content_type: str


@dataclass(frozen=True)
class FileKind:
    """One kind of file: what it is called, how its names end, whether a file really is one.

    The library of signatures must agree, unless `is_one` looks closely enough by itself.
    """

    label: str
    content_type: str
    endings: tuple[str, ...]
    is_one: Callable[[IO[bytes]], bool]
    by_structure: bool = False


def _framed(start: bytes, end: bytes) -> Callable[[IO[bytes]], bool]:
    def is_one(file: IO[bytes]) -> bool:
        file.seek(0)
        if file.read(len(start)) != start:
            return False
        size = file.seek(0, 2)
        file.seek(max(0, size - HEAD))
        return end in file.read()

    return is_one


def _is_webp(file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(16)
    size = file.seek(0, 2)
    declared = int.from_bytes(head[4:8], "little") + 8
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP" and declared in {size, size - 1}


def _parts(file: IO[bytes]) -> zipfile.ZipFile | None:
    """The packed document, if it begins as one and its list of parts is of a sane size."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return None
    try:
        packed = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    parts = packed.infolist()
    if len(parts) > MANY_PARTS or sum(part.file_size for part in parts) > MANY_BYTES:
        return None
    return packed


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """One part's content, up to a bound, whatever length it claims; b"" if it can't be read."""
    try:
        with packed.open(name) as part:
            content = part.read(LIST_BYTES + 1)
    except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        return b""
    return content if len(content) <= LIST_BYTES else b""


def _office(main: str, content_type: str) -> Callable[[IO[bytes]], bool]:
    """An Office document by its list of types, with its main part and without macros."""

    def is_one(file: IO[bytes]) -> bool:
        packed = _parts(file)
        if packed is None:
            return False
        names = {name.lower() for name in packed.namelist()}
        types = _part(packed, "[Content_Types].xml").lower()
        declared = f"{content_type}.main+xml".encode() in types
        macros = b"macroenabled" in types or b"vbaproject" in types
        macros |= any("vbaproject" in name or "macrosheets" in name for name in names)
        return declared and main in names and not macros

    return is_one


def _is_odt(file: IO[bytes]) -> bool:
    packed = _parts(file)
    if packed is None:
        return False
    names = packed.namelist()
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
    kind = _part(packed, "mimetype").strip()
    return "content.xml" in names and kind == ODT_TYPE.encode() and not macros


ODT_TYPE = "application/vnd.oasis.opendocument.text"
PDF = FileKind("PDF", "application/pdf", (".pdf",), _framed(b"%PDF-", b"%%EOF"))
PNG = FileKind("PNG", "image/png", (".png",), _framed(b"\x89PNG\r\n\x1a\n", b"IEND"))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"), _framed(b"\xff\xd8\xff", b"\xff\xd9"))
WEBP = FileKind("WebP", "image/webp", (".webp",), _is_webp)
DOCX = FileKind(
    "Word",
    f"{OFFICE}wordprocessingml.document",
    (".docx",),
    _office("word/document.xml", "wordprocessingml.document"),
)
XLSX = FileKind(
    "Excel",
    f"{OFFICE}spreadsheetml.sheet",
    (".xlsx",),
    _office("xl/workbook.xml", "spreadsheetml.sheet"),
)
ODT = FileKind("OpenDocument", ODT_TYPE, (".odt",), _is_odt)
KINDS = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, ODT)


def check_upload(
    upload: UploadedFile[Any], *, kinds: tuple[FileKind, ...] = KINDS, max_bytes: int = MAX_BYTES
) -> Checked:
    """The upload's clean name and its type by content. Refuses, naming the file, what is empty,
    too large, of no accepted kind, or named as something that it is not."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size == 0:
        raise ValidationError(_("Berkas “%(name)s” kosong.") % {"name": name})
    if size > max_bytes:
        raise ValidationError(
            _("Berkas “%(name)s” berukuran %(size)s; paling besar %(most)s.")
            % {"name": name, "size": filesizeformat(size), "most": filesizeformat(max_bytes)}
        )
    kind = _kind_of(upload, kinds)
    if kind is None:
        labels = ", ".join(each.label for each in kinds)
        raise ValidationError(
            _("Isi berkas “%(name)s” tidak dikenali atau memuat makro. Yang diterima: %(kinds)s.")
            % {"name": name, "kinds": labels}
        )
    if not name.lower().endswith(kind.endings):
        raise ValidationError(
            _("Nama berkas “%(name)s” tidak sesuai dengan isinya, yaitu %(kind)s.")
            % {"name": name, "kind": kind.label}
        )
    return Checked(name, kind.content_type)


def _kind_of(upload: UploadedFile[Any], kinds: tuple[FileKind, ...]) -> FileKind | None:
    """The one kind whose signature and whose structure the content has."""
    content = cast("IO[bytes]", upload)
    content.seek(0)
    try:
        looks_like = {match.mime_type for match in puremagic.magic_string(content.read(HEAD))}
    except puremagic.PureError:
        looks_like = set()
    likely = (kind for kind in kinds if kind.by_structure or kind.content_type in looks_like)
    kind = next((kind for kind in likely if kind.is_one(content)), None)
    content.seek(0)
    return kind


def clean_name(name: str) -> str:
    """A file name without folders, control or direction marks, and of a length that fits."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in name)
    name = "".join(c for c in name if not unicodedata.category(c).startswith("C"))
    name = " ".join(re.sub(r'[<>:"|?*]', "_", name).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > len("jpeg"):
        return name[:NAME_LENGTH] or "berkas"
    return f"{stem[: NAME_LENGTH - len(ending) - 1].strip()}.{ending}"


_stored: ContextVar[list[FieldFile] | None] = ContextVar("stored", default=None)


def storing_files(function: Callable[P, R]) -> Callable[P, R]:
    """For an action that stores files, outside `action`: a file that was stored goes again when
    the action, its commit included, or the storing action around it fails."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _stored.get()
        own: list[FieldFile] = []
        token = _stored.set(own)
        try:
            result = function(*args, **kwargs)
        except BaseException:
            for file in own:
                file.storage.delete(str(file.name))
            raise
        finally:
            _stored.reset(token)
        if outer is not None:
            outer += own
        return result

    return run


def store_file(field: FieldFile, name: str, content: File[Any]) -> None:
    """Writes the file of a row that is about to be stored, inside `storing_files`."""
    stored = _stored.get()
    if stored is None:
        raise RuntimeError("a file is stored by an action that is marked with storing_files")
    field.save(name, content, save=False)
    stored.append(field)


def serve(file: FieldFile, name: str, content_type: str) -> HttpResponse:
    """A stored file to be saved by the reader.

    It is read whole: files here are small, and Django would read a stream whole under ASGI too.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError:
        logger.exception("a stored file is missing: %s", file.name)
        raise Http404 from None
    return download(content, name, content_type)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Content to be saved by the reader: never shown inside the site, never kept on the way."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
