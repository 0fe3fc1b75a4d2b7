"""Addresses of keys: one's own, those of fellow members, and the recovery key."""

from django.urls import path

from ..views import keys, recovery, sharing

app_name = "asn_keys"
urlpatterns = [
    path("kunci/", keys.key, name="key"),
    path("kunci/buat/", keys.make, name="make"),
    path("kunci/buka/", keys.unlock, name="unlock"),
    path("kunci/tutup/", keys.lock, name="lock"),
    path("kunci/frasa/", keys.passphrase, name="passphrase"),
    path("kunci/hilang/", keys.lost, name="lost"),
    path("kunci/unit/", keys.home_unit, name="home_unit"),
    path("kunci/bagikan/", sharing.share_again, name="share_again"),
    path("kunci/pemulihan/", recovery.recovery, name="recovery"),
    path("kunci/pemulihan/buat/", recovery.make_recovery, name="make_recovery"),
    path("kunci/pemulihan/bagian/", recovery.shares, name="shares"),
    path("kunci/pemulihan/uji/", recovery.prove_recovery, name="prove_recovery"),
    path("kunci/pemulihan/bagikan/", recovery.share_recovery, name="share_recovery"),
    path("kunci/pemulihan/pakai/", recovery.recover, name="recover"),
]
