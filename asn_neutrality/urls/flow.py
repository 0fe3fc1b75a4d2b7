"""Addresses of the flow: a step, the legal kind, the lead, and cases by their terms."""

from django.urls import path

from ..views import flow as views

app_name = "asn_flow"
urlpatterns = [
    path("<int:pk>/langkah/<slug:state>/", views.move, name="move"),
    path("<int:pk>/pelanggaran/", views.violation, name="violation"),
    path("<int:pk>/penanggung-jawab/", views.lead, name="lead"),
    path("tenggat/", views.due, name="due"),
]
