"""Addresses: replaced by whoever builds them."""

from django.urls import path

from ..views import keys as views

app_name = "asn_keys"
urlpatterns = [
    path("kunci/", views.key, name="key"),
    path("kunci/buat/", views.make, name="make"),
    path("kunci/buka/", views.unlock, name="unlock"),
    path("kunci/tutup/", views.lock, name="lock"),
    path("kunci/frasa/", views.passphrase, name="passphrase"),
    path("kunci/hilang/", views.lost, name="lost"),
    path("kunci/unit/", views.home_unit, name="home_unit"),
    path("kunci/pemulihan/", views.recovery, name="recovery"),
    path("kunci/pemulihan/buat/", views.make_recovery, name="make_recovery"),
    path("kunci/pemulihan/bagian/", views.shares, name="shares"),
    path("kunci/pemulihan/uji/", views.prove_recovery, name="prove_recovery"),
    path("kunci/pemulihan/pakai/", views.recover, name="recover"),
]
