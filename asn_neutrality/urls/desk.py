"""Addresses of the examiner's desk: the register, a case, its log of openings."""

from django.urls import path

from ..views import case, conversation, desk, desk_entry, members, openings, writing

app_name = "asn_neutrality"
urlpatterns = [
    path("", desk.register, name="register"),
    path("baru/", desk_entry.open_case, name="open"),
    path("ekspor/", desk.export, name="export"),
    path("pembukaan/", openings.openings, name="openings"),
    path("pembukaan/ekspor/", openings.export, name="export_openings"),
    path("<int:pk>/", case.detail, name="detail"),
    path("<int:pk>/buka/", case.enter, name="enter"),
    path("<int:pk>/tutup/", case.leave, name="leave"),
    path("<int:pk>/identitas/<int:report>/", case.identity, name="identity"),
    path("<int:pk>/bukti/<uuid:evidence>/", case.evidence, name="evidence"),
    path("<int:pk>/pesan/<int:report>/", conversation.message, name="message"),
    path("<int:pk>/tulis/<slug:kind>/", writing.write, name="write"),
    path("<int:pk>/anggota/", members.members, name="members"),
    path("<int:pk>/anggota/tambah/", members.add_member, name="add_member"),
    path("<int:pk>/anggota/mundur/", members.recuse, name="recuse"),
    path("<int:pk>/anggota/kunci/", members.rotate_key, name="rotate_key"),
    path("<int:pk>/anggota/<int:member>/keluar/", members.remove_member, name="remove_member"),
]
