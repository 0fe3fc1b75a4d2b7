"""Addresses of stations."""

from django.urls import path

from ..views.stations import browse, detail, edit, upload

app_name = "stations"
urlpatterns = [
    path("", browse.station_list, name="list"),
    path("daftar.xlsx", browse.export, name="export"),
    path("baru/", edit.add, name="add"),
    path("impor/", upload.upload, name="upload"),
    path("impor/templat.xlsx", upload.template, name="template"),
    path("impor/<uuid:key>/", upload.check, name="upload-check"),
    path("impor/<uuid:key>/batal/", upload.drop, name="upload-drop"),
    path("impor/<uuid:key>/perbaikan.csv", upload.faults, name="upload-faults"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/ubah/", edit.edit, name="edit"),
    path("<int:pk>/lepas/", detail.retire, name="retire"),
    path("<int:pk>/pakai/", detail.reuse, name="reuse"),
]
