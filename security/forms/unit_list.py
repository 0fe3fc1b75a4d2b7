"""The form that takes a list of units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.files import XLSX, check_upload, clean_name
from forkopimda.lib.forms import Form
from forkopimda.lib.tables import PACKED

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

UNITS_BYTES = 1024 * 1024


class UnitListForm(Form):
    """A list of units as CSV or Excel."""

    upload = forms.FileField(
        label=gettext_lazy("Berkas CSV atau Excel (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean_upload(self) -> UploadedFile[Any]:
        """What the page takes: no more than 1 MB, by its content a table."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        if (upload.size or 0) > UNITS_BYTES:
            words = _("Berkas ini %(size)s; halaman ini menerima paling besar %(most)s.")
            raise ValidationError(
                words
                % {
                    "size": filesizeformat(upload.size or 0),
                    "most": filesizeformat(UNITS_BYTES),
                }
            )
        upload.seek(0)
        if upload.read(len(PACKED)) == PACKED:
            check_upload(upload, kinds=(XLSX,), max_bytes=UNITS_BYTES)
        upload.seek(0)
        upload.name = clean_name(upload.name or "")
        return upload
