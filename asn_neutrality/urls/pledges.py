"""Addresses of units and their pledges."""

from django.urls import path

from ..views.pledges import browse, edit, files, remind

app_name = "asn_pledges"
urlpatterns = [
    path("ikrar/", browse.unit_list, name="list"),
    path("ikrar/impor/", files.import_file, name="import"),
    path("ikrar/impor/templat.xlsx", files.template, name="template"),
    path("ikrar/ekspor/", files.export, name="export"),
    path("ikrar/ingatkan/", remind.remind, name="remind"),
    path("ikrar/unit/baru/", edit.add_unit, name="add_unit"),
    path("ikrar/unit/<int:pk>/", browse.unit, name="unit"),
    path("ikrar/unit/<int:pk>/ubah/", edit.edit_unit, name="edit_unit"),
    path("ikrar/unit/<int:pk>/catat/", edit.note, name="note"),
    path("ikrar/bukti/<int:pk>/", browse.evidence, name="evidence"),
]
