"""Forms for attachments, approval and correction of minutes, letterheads, verification."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.files import KINDS
from forkopimda.lib.forms import Form

from .documents import NUMBER_FORM

ACCEPTED = ",".join(ending for kind in KINDS for ending in kind.endings)


class AttachForm(Form):
    """One file."""

    upload = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,  # the action says so, with the file's name
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, PNG, JPEG, WebP, Word, Excel, atau OpenDocument; paling besar 10 MB."),
    )


class ApproveForm(Form):
    """The approver's yes to what they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sure = forms.BooleanField(
        label=_("Saya sudah membaca notulen ini dan menyetujuinya"),
        error_messages={"required": _("Centang bahwa Anda sudah membaca dan menyetujuinya.")},
    )


class CorrectionForm(Form):
    """Why approved minutes are opened again."""

    reason = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tampil pada notulen yang dikoreksi."),
    )


class LetterheadForm(Form):
    """What stands at the top of an institution's documents."""

    first_line = forms.CharField(label=_("Baris pertama"), max_length=120)
    second_line = forms.CharField(label=_("Baris kedua"), max_length=120, required=False)
    address = forms.CharField(label=_("Alamat"), max_length=200, required=False)
    number_form = forms.CharField(
        label=_("Bentuk nomor surat"),
        max_length=80,
        initial=NUMBER_FORM,
        help_text=_("{number} diisi nomor urut dan {year} diisi tahun."),
    )


class CompareForm(Form):
    """A file to be compared with the registered one; it is not kept."""

    upload = forms.FileField(
        label=_("Berkas PDF yang akan diperiksa"),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={"required": _("Pilih berkas yang akan diperiksa.")},
    )
