"""Addresses of what is composed of all apps."""

from django.urls import path

from . import health, stream, views

app_name = "situation"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("panel/<slug:key>/", views.panel, name="panel"),
    path("langsung/", stream.stream, name="stream"),
    path("healthz", health.healthz, name="healthz"),
]
