"""Every surface that could show meetings, for test_closed_meetings.py."""

import datetime
from io import BytesIO

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from forkopimda.meetings import urls
from forkopimda.meetings.models import Letter
from tests.conftest import BATU_BARA

SECRET = "RAHASIA"
SOUGHT = SECRET.lower()  # a page repeats what was searched for: in small letters it is no leak
START = timezone.now().replace(microsecond=0) + datetime.timedelta(days=2)
SINGLE_ADDRESSES = {"check-in", "invitation", "feed"}  # whoever holds the key holds the right


def text_of(answer):
    """All that an answer says, whatever it is made of."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
        return str(list(rows))
    return content.decode(errors="replace").replace("\r\n ", "") + str(answer.headers)


def addresses(meeting):
    """Every address of the app, filled with the keys of what belongs to the meeting."""
    part = {
        "tindak-lanjut": meeting.follow_ups.first(),
        "lampiran": meeting.attachments.first(),
        "dokumen": meeting.documents.first(),
        "kop-surat": None,
    }
    others = {
        "row": meeting.attendances.first().pk,
        "attendance_pk": meeting.attendances.first().pk,
        "item": meeting.agenda.first().pk,
        "item_pk": meeting.agenda.first().pk,
        "letter_pk": getattr(Letter.objects.filter(attendance__meeting=meeting).first(), "pk", 1),
        "number": 1,
        "version": 1,
        "kind": "invitation",
    }
    for pattern in urls.urlpatterns:
        if pattern.name in SINGLE_ADDRESSES:
            continue
        first = str(pattern.pattern).split("/")[0]
        values = {}
        for name in pattern.pattern.converters:
            row = part.get(first, meeting) if name == "pk" else None
            values[name] = getattr(row, "pk", 1) if name == "pk" else others[name]
        yield pattern.name, bool(values), reverse(f"meetings:{pattern.name}", kwargs=values)


def lists():
    """What shows several meetings, or parts of them, in one page."""
    month = f"{START:%Y-%m}"
    found = [f"/rapat/?cari={SOUGHT}-{part}" for part in ("tertutup", "notulen", "keputusan")]
    return [
        *found,
        "/rapat/",
        "/rapat/?waktu=mendatang",
        "/rapat/?tahap=draf",
        "/rapat/?tahap=terkirim",
        f"/rapat/kalender/?bulan={month}",
        "/rapat/tindak-lanjut/",
        "/rapat/tindak-lanjut/?keadaan=semua",
        f"/rapat/tindak-lanjut/?cari={SOUGHT}",
        "/rapat/tindak-lanjut.xlsx",
        "/",
        f"/?wilayah={BATU_BARA}",
        "/panel/meetings/",
        "/panel/follow-ups/",
        "/peringatan/",
    ]


def in_admin():
    """Every list of the admin that could show them, its search, and every row of theirs."""
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        if model._meta.app_label not in {"meetings", "alerts", "audit"}:
            continue
        yield reverse(f"admin:{label}_changelist")
        if admin.site._registry[model].search_fields:
            yield reverse(f"admin:{label}_changelist") + f"?q={SOUGHT}"
        for row in model._base_manager.order_by("pk"):
            yield reverse(f"admin:{label}_change", args=[row.pk])
    for model, field in (("agendaitem", "meeting"), ("attendance", "meeting")):
        yield (
            f"/admin/autocomplete/?app_label=meetings&model_name={model}"
            f"&field_name={field}&term={SOUGHT}"
        )
