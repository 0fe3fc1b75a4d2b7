"""The meeting of 21 November 2024 in Batu Bara, as the press reported it, in our own words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from forkopimda.lib.authority import SYSTEM, Actor
from forkopimda.people.models import Institution
from forkopimda.regions.models import Region

from . import actions
from .models import Meeting, Status

REGENCY = "12.19"
TITLE = "Rapat koordinasi Forkopimda menjelang Pilkada Serentak 2024"
PLACE = "Aula Rumah Dinas Bupati, Komplek Tanjung Gading"
NOTE = (
    "Contoh. Hari, tempat, peserta, dan pokok bahasan menurut pemberitaan; notulen ditulis "
    "dengan kalimat kami sendiri. Jam rapat tidak diberitakan: jam di halaman ini hanya contoh."
)
PRESENT = ("pemkab", "polres", "dprd", "kodim", "kejari", "pn", "lanal")
AGENDA = (
    (
        "Situasi keamanan menjelang pemungutan suara",
        "Kapolres menyampaikan bahwa kabupaten terkendali dan tingkat kerawanannya rendah. "
        "Tiga kecamatan berada pada tingkat sedang: Laut Tador, Sei Suka, dan Sei Balai. "
        "Kepolisian terus memantau ketiganya.",
    ),
    (
        "Netralitas ASN dan hoaks",
        "ASN diminta tidak ikut politik praktis serta tidak menyebarkan hoaks atau informasi "
        "negatif. Pelanggaran yang terbukti dikenai sanksi menurut ketentuan yang berlaku.",
    ),
    (
        "Partisipasi pemilih dan perlindungan badan adhoc",
        "Partisipasi pemilih yang lebih tinggi menjadi perhatian utama. Pemerintah kabupaten "
        "telah menganggarkan perlindungan BPJS Ketenagakerjaan bagi petugas badan adhoc.",
    ),
)


@transaction.atomic
def load(by: Actor = SYSTEM) -> Meeting:
    """Loads the meeting, its attendees and its agenda; again, it changes nothing.

    The regency, its institutions and who headed them come from the examples of the floors below.
    """
    region = Region.objects.get(pk=REGENCY)
    stored: Meeting | None = Meeting.objects.filter(region=region, title=TITLE).first()
    if stored is not None:
        return stored
    zone = Meeting(region=region).zone
    meeting = actions.plan_meeting(
        by=by,
        region=region,
        title=TITLE,
        place=PLACE,
        starts_at=datetime(2024, 11, 21, 9, tzinfo=zone),
        ends_at=datetime(2024, 11, 21, 12, tzinfo=zone),
        note=NOTE,
    )
    invited = [
        actions.invite(
            by=by,
            meeting=meeting,
            institution=Institution.objects.get(region=region, code=code),
        )
        for code in PRESENT
    ]
    actions.send_invitations(by=by, meeting=meeting, at=meeting.starts_at)
    for attendance in invited:
        actions.record_attendance(by=by, attendance=attendance, status=Status.PRESENT)
    for number, (title, minutes) in enumerate(AGENDA, start=1):
        actions.set_agenda_item(by=by, meeting=meeting, number=number, title=title, minutes=minutes)
    return meeting
