"""Addresses: replaced by whoever builds them."""

from django.urls import path

from ..views import public as views

app_name = "lapor"
urlpatterns = [
    path("", views.report, name="report"),
    path("terkirim/", views.sent, name="sent"),
    path("keluar/", views.leave, name="leave"),
    path("status/", views.status, name="status"),
    path("status/pesan/", views.message, name="message"),
    path("status/tanda-terima/", views.receipt, name="receipt"),
    path("status/tutup/", views.close, name="close"),
]
