"""Forms of units and their pledges. Names of filters are those of the page's address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, F, FloatField, When
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.files import XLSX, check_upload, clean_name
from forkopimda.lib.forms import Form, style_widgets
from forkopimda.lib.tables import PACKED
from forkopimda.regions.models import Region

from ..models import CivilUnit
from ..models.unit import MOST_STAFF, UNIT_CODE

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from forkopimda.regions.models import RegionQuerySet

    from ..models.unit import CivilUnitQuerySet

LIST_BYTES = 1024 * 1024
BEHIND, COMPLETE, GONE = "tertinggal", "lengkap", "tidak-ada"
BY_SHARE, BY_DAY = "persen", "tanggal"


class UnitForm(forms.Form):
    """A unit. Its region is chosen once."""

    region = forms.ModelChoiceField(
        label=gettext_lazy("Wilayah"), queryset=Region.objects.none(), empty_label=None
    )
    code = forms.CharField(
        label=gettext_lazy("Kode"),
        max_length=30,
        validators=[UNIT_CODE],
        help_text=gettext_lazy("Kode perangkat daerah, mis. 1.01.01."),
    )
    name = forms.CharField(label=gettext_lazy("Nama unit"), max_length=150)
    staff = forms.IntegerField(
        label=gettext_lazy("Jumlah ASN"), min_value=0, max_value=MOST_STAFF, initial=0
    )
    email = forms.EmailField(
        label=gettext_lazy("Surel unit"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Alamat dinas, bukan alamat pribadi. Menerima pengingat ikrar."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("Unit masih ada"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        homes: RegionQuerySet | None = None,
        unit: CivilUnit | None = None,
    ) -> None:
        initial = None
        if unit is not None:
            initial = {name: getattr(unit, name) for name in ("code", "name", "staff", "email")}
            initial["is_active"] = unit.is_active
        super().__init__(data, initial=initial)
        if unit is None:
            cast(Any, self.fields["region"]).queryset = homes
            del self.fields["is_active"]
        else:
            del self.fields["region"]
            for field in self.fields.values():
                field.show_hidden_initial = True
        style_widgets(self)

    @property
    def changes(self) -> dict[str, Any]:
        """What differs from what the person was shown: two who change different things at once
        keep both."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class PledgeForm(Form):
    """A count: on which day, how many of how many, and the sheet that shows it."""

    counted_on = forms.DateField(
        label=gettext_lazy("Keadaan tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    signed = forms.IntegerField(
        label=gettext_lazy("Sudah menandatangani"), min_value=0, max_value=MOST_STAFF
    )
    staff = forms.IntegerField(
        label=gettext_lazy("Jumlah ASN saat itu"), min_value=1, max_value=MOST_STAFF
    )
    evidence = forms.FileField(
        label=gettext_lazy("Bukti"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        help_text=gettext_lazy("PDF atau foto, paling besar 10 MB."),
    )


class PledgeFilters(Form):
    """Words, standing and order. Nothing chosen: all units that exist, by name."""

    cari = forms.CharField(
        label=gettext_lazy("Cari unit"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        required=False,
        choices=[
            ("", gettext_lazy("Semua unit")),
            (BEHIND, gettext_lazy("Tertinggal")),
            (COMPLETE, gettext_lazy("Lengkap")),
            (GONE, gettext_lazy("Tidak ada lagi")),
        ],
    )
    urut = forms.ChoiceField(
        label=gettext_lazy("Urutan"),
        required=False,
        choices=[
            ("", gettext_lazy("Nama")),
            (BY_SHARE, gettext_lazy("Persentase terendah")),
            (BY_DAY, gettext_lazy("Hitungan terlama")),
        ],
    )

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use, or wrong."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, rows: CivilUnitQuerySet) -> CivilUnitQuerySet:
        """Those that fit, in order, once the form is valid."""
        data = self.cleaned_data
        standing = data["keadaan"]
        if standing == BEHIND:
            rows = rows.behind()
        elif standing == GONE:
            rows = rows.filter(is_active=False)
        else:
            rows = rows.working()
            if standing == COMPLETE:
                rows = rows.filter(signed=F("staff"))
        if words := " ".join(data["cari"].split()):
            rows = rows.named(words)
        if data["urut"] == BY_SHARE:
            share = Case(
                When(staff__gt=0, then=F("signed") * 1.0 / F("staff")), output_field=FloatField()
            )
            return rows.order_by(share.asc(nulls_first=True), "name", "pk")
        if data["urut"] == BY_DAY:
            return rows.order_by(F("counted_on").asc(nulls_first=True), "name", "pk")
        return rows.order_by("region_id", "name", "pk")


class PledgeListForm(forms.Form):
    """A list of units with their pledges as CSV or Excel."""

    region = forms.ModelChoiceField(
        label=gettext_lazy("Wilayah unit"),
        queryset=Region.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("Untuk baris yang tidak menyebut kode wilayah."),
    )
    upload = forms.FileField(
        label=gettext_lazy("Berkas CSV atau Excel (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, homes: RegionQuerySet) -> None:
        super().__init__(data, files)
        cast(Any, self.fields["region"]).queryset = homes
        style_widgets(self)

    def clean_upload(self) -> UploadedFile[Any]:
        """What the page takes: no more than 1 MB, by its content a table."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        if (upload.size or 0) > LIST_BYTES:
            words = _("Berkas ini %(size)s; halaman ini menerima paling besar %(most)s.")
            sizes = {
                "size": filesizeformat(upload.size or 0),
                "most": filesizeformat(LIST_BYTES),
            }
            raise ValidationError(words % sizes)
        upload.seek(0)
        if upload.read(len(PACKED)) == PACKED:
            check_upload(upload, kinds=(XLSX,), max_bytes=LIST_BYTES)
        upload.seek(0)
        upload.name = clean_name(upload.name or "")
        return upload
