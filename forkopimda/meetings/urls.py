"""Addresses of meetings."""

from django.urls import path

from .views import browse, detail, plan

app_name = "meetings"
urlpatterns = [
    path("", browse.meeting_list, name="list"),
    path("baru/", plan.plan, name="plan"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/ubah/", plan.edit, name="edit"),
]
