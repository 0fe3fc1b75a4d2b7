"""Addresses of levels."""

from django.urls import path

from ..views import levels

app_name = "security"
urlpatterns = [
    path("", levels.levels, name="levels"),
    path("<region:code>/", levels.region, name="region"),
]
