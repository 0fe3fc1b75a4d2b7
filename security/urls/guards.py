"""Addresses of guards."""

from django.urls import URLPattern

app_name = "guards"
urlpatterns: list[URLPattern] = []
