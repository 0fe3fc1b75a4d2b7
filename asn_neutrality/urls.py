"""Addresses of the register."""

from django.urls import path

from . import views

app_name = "asn_neutrality"
urlpatterns = [
    path("", views.register, name="register"),
    path("baru/", views.open_case, name="open"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/hentikan/", views.dismiss, name="dismiss"),
]
