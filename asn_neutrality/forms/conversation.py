"""The code that opens a report, and what reporters and examiners write to each other."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.forms import ConditionalField, Form

from ..sealing import codes
from .evidence import EvidenceField
from .fields import new_token
from .files import FilesField

#: Dashes that a phone's keyboard makes of "-".
DASHES = re.compile("[\u2010-\u2015\u2212]")


class CodeForm(Form):
    """The tracking code, as written down: in groups or not. `draft` is a message that waits."""

    code = forms.CharField(
        label=gettext_lazy("Kode lacak"),
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": "0000 0000 0000 0000",
            }
        ),
        help_text=gettext_lazy("16 angka; spasi dan tanda hubung boleh ikut ditulis."),
        error_messages={"required": gettext_lazy("Masukkan kode lacak.")},
    )
    draft = forms.CharField(
        label=gettext_lazy("Pesan Anda yang belum terkirim"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """The sixteen digits."""
        code = codes.typed(DASHES.sub("-", self.cleaned_data["code"]))
        if code is None:
            raise ValidationError(
                _("Kode lacak terdiri dari 16 angka, tanpa huruf. Periksa apakah ada yang kurang.")
            )
        return code


class _Written(Form):
    """A text, files, and the form's own random text by which it is stored once."""

    text = ConditionalField(
        label=gettext_lazy("Pesan"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    token = forms.CharField(
        required=False, max_length=64, initial=new_token, widget=forms.HiddenInput
    )

    def clean_token(self) -> str:
        """The form's token; a form without one is a new one."""
        return self.cleaned_data["token"] or new_token()


class MessageForm(_Written):
    """What a reporter adds: a message, evidence, or both."""

    files = EvidenceField(  # type: ignore[assignment]  # as every form of files has it
        label=gettext_lazy("Foto, video, atau PDF"),
        help_text=gettext_lazy(
            "Paling banyak 8 berkas, satu berkas paling besar 50 MB. "
            "Foto digambar ulang tanpa data lokasi dan kamera; PDF dan video disimpan apa adanya."
        ),
    )


class ReplyForm(_Written):
    """What an examiner tells or asks a reporter."""

    files = FilesField(  # type: ignore[assignment]  # as every form of files has it
        label=gettext_lazy("Lampiran"),
        help_text=gettext_lazy(
            "PDF, foto, atau dokumen kantor; ikut tersegel dan dapat dibuka pelapor."
        ),
    )
