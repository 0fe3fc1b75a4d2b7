"""How this app's acts read in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

reads("regions.load_regions", _("{actor} memuat {count} wilayah dari {source}"))
reads("regions.load_boundaries", _("{actor} memuat {count} batas wilayah dari {source}"))
reads(
    "regions.derive_boundaries",
    _("{actor} membuat {count} batas kabupaten/kota dan provinsi dari gabungan kecamatan"),
)
reads("regions.edit_region", _("{actor} mengubah data {name}"))
reads("regions.make_schematic", _("{actor} menghitung peta skematis {name} ({count} wilayah)"))
