"""Addresses of the public channel: the report form, and the conversation behind a code."""

from django.urls import path

from ..views import public, status

app_name = "lapor"
urlpatterns = [
    path("", public.report, name="report"),
    path("terkirim/", public.sent, name="sent"),
    path("keluar/", public.leave, name="leave"),
    path("bahasa/", public.language, name="language"),
    path("status/", status.status, name="status"),
    path("status/pesan/", status.message, name="message"),
    path("status/tanda-terima/", status.receipt, name="receipt"),
    path("status/bukti/<uuid:evidence>/", status.file, name="file"),
    path("status/tutup/", status.close, name="close"),
]
