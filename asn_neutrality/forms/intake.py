"""What somebody reports: from the public channel, or written down by an examiner."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as context_lazy

from forkopimda.lib.forms import Choices, ConditionalField, Form
from forkopimda.regions.models import Region

from ..actions.intake import Incoming
from ..actions.writing import Attachment, today_in
from ..models import CivilUnit, Kind, Standing
from .evidence import EvidenceField
from .fields import Day, Prose

MOST_LINKS = 10
LINK_LENGTH = 2000
TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
#: Digits of the shortest telephone number that is given as a contact.
LEAST_DIGITS = 8
#: Before this no report was written down anywhere that is still to be entered.
FIRST_YEAR = 2020


class IntakeForm(Form):
    """Only the kind, the words and the standing are needed; a name and a contact where not
    anonymous."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Apa yang Anda ketahui?"),
        choices=Kind.choices,
        widget=Choices,
        error_messages={"required": gettext_lazy("Pilih satu yang paling mendekati.")},
    )
    hoax_platform = forms.CharField(
        label=gettext_lazy("Beredar di mana"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Misalnya grup WhatsApp, Facebook, TikTok, selebaran."),
    )
    hoax_link = forms.CharField(
        label=gettext_lazy("Tautan ke isinya"),
        required=False,
        max_length=LINK_LENGTH,
        help_text=gettext_lazy("Tanpa tautan: kirim tangkapan layar pada langkah bukti."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    hoax_reach = forms.CharField(
        label=gettext_lazy("Seberapa luas tersebar"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Misalnya jumlah anggota grup, berapa kali dibagikan."),
    )
    name = forms.CharField(label=gettext_lazy("Nama"), required=False, max_length=150)
    office = forms.CharField(
        label=gettext_lazy("Jabatan"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("Misalnya camat, lurah, guru, kepala seksi."),
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit kerja"),
        queryset=CivilUnit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tidak ada di daftar, atau tidak tahu"),
        error_messages={"invalid_choice": gettext_lazy("Pilih unit kerja di wilayah ini.")},
    )
    unit_text = forms.CharField(
        label=gettext_lazy("Unit kerja, bila tidak ada di daftar"), required=False, max_length=150
    )
    what = Prose(
        label=gettext_lazy("Ceritakan apa yang terjadi"),
        rows=7,
        help_text=gettext_lazy("Tulis yang Anda lihat, dengar, atau ketahui sendiri."),
        error_messages={"required": gettext_lazy("Ceritakan apa yang terjadi.")},
    )
    when = forms.CharField(
        label=gettext_lazy("Kapan"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Tanggal dan jam sejauh Anda tahu; perkiraan pun membantu."),
    )
    where = forms.CharField(label=gettext_lazy("Di mana"), required=False, max_length=200)
    links = forms.CharField(
        label=gettext_lazy("Tautan"),
        required=False,
        max_length=MOST_LINKS * LINK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}),
        help_text=gettext_lazy("Satu tautan per baris, paling banyak 10."),
    )
    files = EvidenceField(  # type: ignore[assignment]  # as every form of files has it
        label=gettext_lazy("Foto, video, atau PDF")
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Sebagai siapa Anda melapor?"),
        choices=[
            (Standing.ANONYMOUS, gettext_lazy("Anonim: nama dan kontak tidak diberikan")),
            (
                Standing.CONFIDENTIAL,
                gettext_lazy("Dirahasiakan: hanya pemeriksa yang dapat membukanya, dengan alasan"),
            ),
            (
                Standing.NAMED,
                gettext_lazy("Dicantumkan: nama boleh tertulis dalam berkas untuk Bawaslu dan BKN"),
            ),
        ],
        widget=Choices,
        error_messages={"required": gettext_lazy("Pilih salah satu.")},
    )
    identity_name = ConditionalField(
        label=context_lazy("pelapor", "Nama Anda"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity_contact = ConditionalField(
        label=gettext_lazy("Nomor telepon atau surel Anda"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        # Names of government units are public: they are shown to whoever reports.
        units = CivilUnit.objects.working().within(region.pk)
        self.fields["unit"].queryset = units.order_by("name")  # type: ignore[attr-defined]
        self.token = _token(self.data.get("token"))

    def clean_what(self) -> str:
        """The words; marks and spaces alone are none."""
        what: str = self.cleaned_data["what"]
        if not any(each.isalnum() for each in what):
            raise ValidationError(_("Isian ini belum memuat tulisan. Ceritakan apa yang terjadi."))
        return what

    def clean_hoax_link(self) -> str:
        """The address, with its scheme."""
        link: str = self.cleaned_data["hoax_link"]
        return _address(link) if link else ""

    def clean_links(self) -> list[str]:
        """The addresses."""
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines()]
        links = list(dict.fromkeys(line for line in lines if line))
        if len(links) > MOST_LINKS:
            raise ValidationError(_("Paling banyak %(most)s tautan.") % {"most": MOST_LINKS})
        return [_address(link) for link in links]

    def clean(self) -> dict[str, Any]:
        """Asks for a name and a contact of whoever is not anonymous."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("standing") in {Standing.CONFIDENTIAL, Standing.NAMED}:
            if not any(each.isalnum() for each in data.get("identity_name", "")):
                self.add_error("identity_name", _("Tulis nama Anda, atau pilih anonim."))
            contact = data.get("identity_contact", "")
            if "identity_contact" not in self.errors and not _can_be_reached(contact):
                self.add_error(
                    "identity_contact",
                    _("Tulis nomor telepon atau alamat surel yang lengkap, atau pilih anonim."),
                )
        return data

    def incoming(self, files: list[Attachment]) -> Incoming:
        """The report, with its files looked at."""
        data = self.cleaned_data
        unit: CivilUnit | None = data["unit"]
        narrative = {
            "what": data["what"],
            "who": {
                "name": data["name"],
                "office": data["office"],
                "unit": unit.name if unit else data["unit_text"],
                "unit_id": unit.pk if unit else None,
            },
            "when": data["when"],
            "where": data["where"],
            "links": data["links"],
        }
        if data["kind"] == Kind.HOAX:
            parts = ("platform", "link", "reach")
            narrative["hoax"] = {part: data[f"hoax_{part}"] for part in parts}
        identity = None
        if data["standing"] != Standing.ANONYMOUS:
            identity = {"name": data["identity_name"], "contact": data["identity_contact"]}
        return Incoming(
            kind=data["kind"],
            standing=data["standing"],
            narrative=narrative,
            token=self.token,
            identity=identity,
            unit=unit,
            files=files,
        )


class DeskEntryForm(IntakeForm):
    """A report that came on paper, by telephone or in person, as the examiner writes it down."""

    received_on = Day(label=gettext_lazy("Diterima tanggal"))

    field_order = ("received_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("Apa yang dilaporkan?")
        self.fields["what"].label = _("Uraian laporan")
        self.fields["what"].help_text = _("Sedapat mungkin dengan kata-kata pelapor.")
        self.fields["standing"].label = _("Pelapor")
        self.fields["identity_name"].label = _("Nama pelapor")
        self.fields["identity_contact"].label = _("Nomor telepon atau surel pelapor")
        today = today_in(self.region)
        self.fields["received_on"].initial = today
        self.fields["received_on"].widget.attrs["max"] = today.isoformat()

    def clean_received_on(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["received_on"]
        if day > today_in(self.region):
            raise ValidationError(_("Tanggal terima tidak boleh di masa depan."))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("Tanggal terima terlalu jauh di masa lalu."))
        return day


def _token(sent: Any) -> str:
    """The form's own random text, by which it is received once however often it is sent."""
    if isinstance(sent, str) and TOKEN.fullmatch(sent):
        return sent
    return secrets.token_urlsafe(32)


def _address(link: str) -> str:
    refusal = _("“%(link)s” bukan tautan. Tulis seperti di bilah alamat peramban, dengan https://.")
    try:
        address = forms.URLField(assume_scheme="https", max_length=LINK_LENGTH).clean(link)
    except ValidationError:
        address = ""
    if not address.startswith(("http://", "https://")):
        raise ValidationError(refusal % {"link": link[:60]})
    return str(address)


def _can_be_reached(contact: str) -> bool:
    if sum(each.isdigit() for each in contact) >= LEAST_DIGITS:
        return True
    try:
        validate_email(contact.strip())
    except ValidationError:
        return False
    return True
