"""Addresses: replaced by whoever builds them."""

from django.urls import path

from ..views import pledges as views

app_name = "asn_pledges"
urlpatterns = [
    path("ikrar/", views.unit_list, name="list"),
    path("ikrar/impor/", views.import_file, name="import"),
    path("ikrar/ekspor/", views.export, name="export"),
    path("ikrar/ingatkan/", views.remind, name="remind"),
    path("ikrar/unit/baru/", views.add_unit, name="add_unit"),
    path("ikrar/unit/<int:pk>/", views.unit, name="unit"),
    path("ikrar/unit/<int:pk>/ubah/", views.edit_unit, name="edit_unit"),
    path("ikrar/unit/<int:pk>/catat/", views.note, name="note"),
    path("ikrar/bukti/<int:pk>/", views.evidence, name="evidence"),
]
