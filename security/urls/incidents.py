"""Addresses of incidents."""

from django.urls import path

from ..views.incidents import browse, detail, export, links, photos, report

app_name = "incidents"
urlpatterns = [
    path("", browse.incident_list, name="list"),
    path("baru/", report.report, name="report"),
    path("tempat/", report.whereabouts, name="whereabouts"),
    path("tanda/", report.token, name="token"),
    path("insiden.xlsx", export.excel, name="excel"),
    path("insiden.geojson", export.geojson, name="geojson"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/langkah/", detail.step, name="step"),
    path("<int:pk>/keparahan/", detail.severity, name="severity"),
    path("<int:pk>/catatan/", detail.note, name="note"),
    path("<int:pk>/duplikat/", detail.duplicate, name="duplicate"),
    path("<int:pk>/foto/", photos.add, name="add-photos"),
    path("<int:pk>/foto/<int:photo>/", photos.photo, name="photo"),
    path("<int:pk>/tps/", links.station, name="station"),
    path("<int:pk>/tindak-lanjut/", links.follow_up, name="follow-up"),
    path("<int:pk>/perkara/", links.case, name="case"),
    path("<int:pk>/kaitan/<int:link>/lepas/", links.unlink, name="unlink"),
]
