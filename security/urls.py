"""Addresses of levels."""

from django.urls import path

from . import views

app_name = "security"
urlpatterns = [
    path("", views.levels, name="levels"),
    path("<region:code>/", views.region, name="region"),
]
