"""Addresses of regions' outlines."""

from django.urls import path

from . import views

app_name = "regions"
urlpatterns = [
    path("batas.json", views.outlines, {"code": ""}, name="outlines-country"),
    path("<region:code>/batas.json", views.outlines, name="outlines"),
]
