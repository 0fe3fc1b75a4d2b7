"""Addresses of alerts."""

from django.urls import path

from . import views

app_name = "alerts"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("jumlah/", views.badge, name="badge"),
    path("<int:pk>/diketahui/", views.acknowledge, name="acknowledge"),
]
