"""Addresses of what is composed of all apps."""

from django.urls import path

from . import health, map_views, offline, stream, views

app_name = "situation"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("panel/<slug:key>/", views.panel, name="panel"),
    path("peta/", map_views.layers, name="layers"),
    path("peta/<slug:key>/", map_views.layer, name="layer"),
    path("langsung/", stream.stream, name="stream"),
    path("sw.js", offline.worker, name="worker"),
    path("healthz", health.healthz, name="healthz"),
]
