"""Addresses of elections."""

from django.urls import path

from . import views

app_name = "elections"
urlpatterns = [
    path("", views.election_list, name="list"),
    path("baru/", views.add, name="add"),
    path("<int:pk>/ubah/", views.edit, name="edit"),
]
