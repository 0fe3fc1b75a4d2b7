"""Addresses: replaced by whoever builds them."""

from django.urls import path

from ..views import desk as views

app_name = "asn_neutrality"
urlpatterns = [
    path("", views.register, name="register"),
    path("baru/", views.open_case, name="open"),
    path("ekspor/", views.export, name="export"),
    path("pembukaan/", views.openings, name="openings"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/buka/", views.enter, name="enter"),
    path("<int:pk>/tutup/", views.leave, name="leave"),
    path("<int:pk>/identitas/<int:report>/", views.identity, name="identity"),
    path("<int:pk>/bukti/<uuid:evidence>/", views.evidence, name="evidence"),
    path("<int:pk>/pesan/<int:report>/", views.message, name="message"),
    path("<int:pk>/tulis/<slug:kind>/", views.write, name="write"),
    path("<int:pk>/anggota/", views.members, name="members"),
    path("<int:pk>/anggota/tambah/", views.add_member, name="add_member"),
    path("<int:pk>/anggota/<int:member>/keluar/", views.remove_member, name="remove_member"),
]
