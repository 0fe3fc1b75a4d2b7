"""Addresses: replaced by whoever builds them."""

from django.urls import path

from ..views import documents as views

app_name = "asn_documents"
urlpatterns = [
    path("<int:pk>/gabung/", views.merge, name="merge"),
    path("<int:pk>/dokumen/<slug:document>/", views.document, name="document"),
]
