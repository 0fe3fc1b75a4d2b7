"""Addresses of guards."""

from django.urls import path

from ..views.guards import overview, post, postings, printed, unit_list, units

app_name = "guards"
urlpatterns = [
    path("", overview.guards_overview, name="overview"),
    path("satuan/", units.units, name="units"),
    path("satuan/baru/", units.add_unit, name="add-unit"),
    path("satuan.xlsx", unit_list.export_units, name="export-units"),
    path("satuan/impor/", unit_list.import_units, name="import-units"),
    path("satuan/impor/templat.xlsx", unit_list.units_template, name="units-template"),
    path("satuan/<int:pk>/", units.unit, name="unit"),
    path("satuan/<int:pk>/ubah/", units.edit_unit, name="edit-unit"),
    path("penempatan/", postings.postings, name="postings"),
    path("penempatan/baru/", post.post, name="post"),
    path("penempatan/baru/bebas/", post.free_people, name="free"),
    path("penempatan/bagi/", post.share_out, name="share"),
    path("penempatan/cetak/", printed.pdf, name="print"),
    path("penempatan/ekspor/", printed.excel, name="export"),
    path("penempatan/<int:pk>/", postings.posting, name="posting"),
    path("penempatan/<int:pk>/tarik/", postings.withdraw, name="withdraw"),
]
