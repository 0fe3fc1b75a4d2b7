"""Evidence as people hand it in: photos, PDF, video. For reports, and for reporters' messages."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from forkopimda.lib.files import JPEG, PDF, PNG, WEBP, check_upload, clean_name
from forkopimda.lib.photos import HEIF_BRANDS, redraw
from forkopimda.lib.videos import VIDEOS

from ..actions.writing import Attachment
from .files import FilesInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

MOST_FILES = 8
MAX_BYTES = 50 * 1024 * 1024
MAX_TOGETHER = 100 * 1024 * 1024
KINDS = (JPEG, PNG, WEBP, PDF, *VIDEOS)
#: What a browser offers to choose from. What a file is, its content decides.
ACCEPTED = ",".join(["image/*", "video/*", *(e for kind in KINDS for e in kind.endings)])


class EvidenceField(forms.Field):
    """Any number of uploads, their number and sizes bounded. `attachments` looks inside, which
    takes longer, once nothing else is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "multiple": True,
            "accept": ACCEPTED,
            "data-most": MOST_FILES,
            "data-most-bytes": MAX_BYTES,
            "data-most-together": MAX_TOGETHER,
        }
        super().__init__(required=False, widget=FilesInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> list[UploadedFile[Any]]:
        """The uploads, of which an empty choice of the browser is none."""
        return [upload for upload in value or [] if upload]

    def validate(self, value: list[UploadedFile[Any]]) -> None:
        """Refuses too many, and too much."""
        super().validate(value)
        if len(value) > MOST_FILES:
            raise ValidationError(
                _("Paling banyak %(most)s berkas; Anda memilih %(count)s.")
                % {"most": MOST_FILES, "count": len(value)}
            )
        if sum(upload.size or 0 for upload in value) > MAX_TOGETHER:
            raise ValidationError(
                _("Semua berkas bersama-sama paling besar %(most)s.")
                % {"most": filesizeformat(MAX_TOGETHER)}
            )
        _each(value, _check_size)


def attachments(uploads: Sequence[UploadedFile[Any]]) -> list[Attachment]:
    """The uploads as they are kept: photos drawn anew, without what the camera wrote beside the
    picture; PDF and video unchanged.

    ValidationError has one message for each that is refused, with its place among the uploads in
    `params["file"]`.
    """
    return cast("list[Attachment]", _each(uploads, _attachment))


def refused_places(error: ValidationError) -> list[int]:
    """Which of the uploads `attachments` has refused, by their place."""
    places = (each.params or {} for each in error.error_list)
    return [params["file"] for params in places if "file" in params]


def _each(uploads: Sequence[UploadedFile[Any]], look: Any) -> list[Any]:
    found, errors = [], []
    for place, upload in enumerate(uploads):
        try:
            found.append(look(upload))
        except ValidationError as error:
            told = error.messages[0].replace("%", "%%")  # a name may hold a percent sign
            errors.append(ValidationError(told, params={"file": place}))
    if errors:
        raise ValidationError(errors)
    return found


def _check_size(upload: UploadedFile[Any]) -> None:
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("Berkas “%(name)s” berukuran %(size)s; paling besar %(most)s.")
            % {
                "name": clean_name(upload.name or ""),
                "size": filesizeformat(upload.size or 0),
                "most": filesizeformat(MAX_BYTES),
            }
        )


def _attachment(upload: UploadedFile[Any]) -> Attachment:
    if not _looks_like_photo(upload):
        checked = check_upload(upload, kinds=KINDS, max_bytes=MAX_BYTES)
        return Attachment(checked.name, checked.content_type, cast("IO[bytes]", upload))
    drawn = redraw(upload)
    name = clean_name(upload.name or "")
    stem = name.rpartition(".")[0] or name
    return Attachment(f"{stem}.jpg", "image/jpeg", BytesIO(drawn.content))


def _looks_like_photo(upload: UploadedFile[Any]) -> bool:
    upload.seek(0)
    head = upload.read(12)
    upload.seek(0)
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS)
    )
