"""Every address of the product. allauth's pages are named one by one: only those themed here."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path, re_path

from forkopimda.meetings.views import verify

urlpatterns = [
    path("", include("forkopimda.situation.urls")),
    path("kerawanan/", include("security.urls.levels")),
    path("insiden/", include("security.urls.incidents")),
    path("tps/", include("security.urls.stations")),
    path("pengamanan/", include("security.urls.guards")),
    path("netralitas-asn/", include("asn_neutrality.urls.keys")),
    path("netralitas-asn/", include("asn_neutrality.urls.counts")),
    path("netralitas-asn/", include("asn_neutrality.urls.pledges")),
    path("netralitas-asn/", include("asn_neutrality.urls.flow")),
    path("netralitas-asn/", include("asn_neutrality.urls.documents")),
    path("netralitas-asn/", include("asn_neutrality.urls.desk")),
    path("lapor/", include("asn_neutrality.urls.public")),
    path("rapat/", include("forkopimda.meetings.urls")),
    path("dokumen/<str:key>/", verify.verify, name="verify_document"),
    path("pemilihan/", include("forkopimda.elections.urls")),
    path("peringatan/", include("forkopimda.alerts.urls")),
    path("wilayah/", include("forkopimda.regions.urls")),
    path("akun/", include("forkopimda.people.urls")),
    path("akun/masuk/", account.login, name="account_login"),
    path("akun/keluar/", account.logout, name="account_logout"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/lupa-sandi/", account.password_reset, name="account_reset_password"),
    path(
        "akun/lupa-sandi/terkirim/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^akun/lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "akun/lupa-sandi/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("akun/nonaktif/", account.account_inactive, name="account_inactive"),
    path("admin/", admin.site.urls),
]

handler400 = "forkopimda.situation.errors.bad_request"
handler403 = "forkopimda.situation.errors.permission_denied"
handler404 = "forkopimda.situation.errors.page_not_found"
handler500 = "forkopimda.situation.errors.server_error"
# Asked for by allauth, where its limits are reached.
handler429 = "forkopimda.situation.errors.too_many_requests"
