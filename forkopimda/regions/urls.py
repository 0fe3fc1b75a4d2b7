"""Addresses of regions' outlines."""

from django.urls import path, register_converter

from . import views
from .converters import RegionCodeConverter

register_converter(RegionCodeConverter, "region")

app_name = "regions"
urlpatterns = [
    path("batas.json", views.outlines, {"code": ""}, name="outlines-country"),
    path("<region:code>/batas.json", views.outlines, name="outlines"),
]
