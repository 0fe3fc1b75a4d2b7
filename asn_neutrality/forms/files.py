"""Files that are handed in with a form: each looked at by its content, none kept here."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.files import check_upload

from ..actions.writing import Attachment

#: Files that one entry takes.
MOST_FILES = 8


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All files of the name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """PDF, photos and office documents; `clean` gives them as attachments, ready to be sealed."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"multiple": True, "accept": ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.odt"}
        super().__init__(required=False, widget=FilesInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> list[Attachment]:
        """The attachments; ValidationError names each file that is refused and says why."""
        uploads = value or []
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                _("Paling banyak %(most)s berkas sekali simpan.") % {"most": MOST_FILES}
            )
        found, refused = [], []
        for upload in uploads:
            try:
                checked = check_upload(upload)
            except ValidationError as error:
                refused.append(error)
                continue
            found.append(Attachment(checked.name, checked.content_type, cast(Any, upload)))
        if refused:
            raise ValidationError(refused)
        return found
