"""Addresses of levels."""

from django.urls import path

from ..views import assessment_list, assessments, levels, proposals, region, reviews, warnings

app_name = "security"
urlpatterns = [
    path("", levels.levels, name="levels"),
    path("usulan/", proposals.listing, name="proposals"),
    path("usulan/<int:pk>/", proposals.proposal, name="proposal"),
    path("usulan/<int:pk>/tarik/", proposals.withdraw, name="withdraw-proposal"),
    path("tinjauan/", reviews.listing, name="reviews"),
    path("peringatan-dini/", warnings.listing, name="warnings"),
    path("asesmen/", assessment_list.listing, name="assessments"),
    path("asesmen.xlsx", assessment_list.export, name="export-assessments"),
    path("cari/", levels.find, name="find"),
    path("ekspor.xlsx", levels.export_excel, name="export-excel"),
    path("ekspor.geojson", levels.export_geojson, name="export-geojson"),
    path("<region:code>/", region.region, name="region"),
    path("<region:code>/nilai/", assessments.assess, name="assess"),
    path("<region:code>/nilai/pratinjau/", assessments.preview, name="assess-preview"),
    path("<region:code>/asesmen/<int:pk>/", assessments.assessment, name="assessment"),
]
