"""Addresses of the statistics."""

from django.urls import path

from ..views import counts as views

app_name = "asn_counts"
urlpatterns = [
    path("statistik/", views.statistics, name="statistics"),
    path("statistik/ekspor/", views.export, name="export"),
]
