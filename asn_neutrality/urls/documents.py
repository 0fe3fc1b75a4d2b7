"""Addresses of printed documents and of merging."""

from django.urls import path

from ..views import documents, merging

app_name = "asn_documents"
urlpatterns = [
    path("<int:pk>/gabung/", merging.merge, name="merge"),
    path("<int:pk>/dokumen/<slug:document>/", documents.document, name="document"),
]
