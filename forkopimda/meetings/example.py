"""The meeting of 21 November 2024 in Batu Bara, as the press reported it, in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM, Actor
from forkopimda.people.models import Institution
from forkopimda.regions.models import Region

from . import actions
from .models import Decision, FollowUpState, Meeting, Status

REGENCY = "12.19"
TITLE = "Rapat koordinasi Forkopimda menjelang Pilkada Serentak 2024"
PLACE = "Aula Rumah Dinas Bupati, Komplek Tanjung Gading"
NOTE = (
    "Contoh. Hari, tempat, peserta, dan pokok bahasan menurut pemberitaan; notulen ditulis "
    "dengan kalimat kami sendiri. Jam rapat tidak diberitakan: jam di halaman ini hanya contoh. "
    "Keputusan dan tindak lanjut juga contoh: semuanya diawali kata “Contoh”."
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
        "Partisipasi pemilih",
        "Partisipasi pemilih yang lebih tinggi menjadi perhatian utama forum.",
    ),
    (
        "Perlindungan petugas badan adhoc",
        "Pemerintah kabupaten telah menganggarkan perlindungan BPJS Ketenagakerjaan bagi petugas "
        "badan adhoc.",
    ),
)
# What follows is ours, not reported, and marked so. By number of the point on the agenda.
DECISIONS = (
    "Contoh: pemantauan di Laut Tador, Sei Suka, dan Sei Balai diteruskan sampai pemungutan suara "
    "selesai.",
    "Contoh: seluruh ASN diingatkan secara tertulis agar netral dan tidak menyebarkan hoaks.",
    "Contoh: pemilih diajak datang ke TPS melalui perangkat kecamatan dan desa.",
    "Contoh: kepesertaan petugas badan adhoc dicocokkan sebelum hari pemungutan suara.",
)


@dataclass(frozen=True)
class Task:
    """One follow-up: of which decision, whose, by when, and how it ended, if it did."""

    number: int
    institution: str
    task: str
    due_on: date | None
    state: str = FollowUpState.DONE
    ended_on: date | None = None
    text: str = ""
    place: str = ""


# All are finished but one: reminders of days long past would all come at once on the first
# morning, and say nothing. The open one falls due three days after the example was loaded, so
# that whoever tries the product out sees its reminders come, one by one.
TASKS = (
    Task(
        1,
        "polres",
        "Contoh: patroli malam di Kecamatan Laut Tador",
        date(2024, 11, 27),
        ended_on=date(2024, 11, 27),
        text="Contoh bukti: laporan patroli disimpan di Polres.",
        place="12.19.08",
    ),
    Task(
        1,
        "kesbangpol",
        "Contoh: laporan keadaan harian kepada forum",
        date(2024, 11, 26),
        ended_on=date(2024, 11, 26),
        text="Contoh bukti: enam laporan harian dikirim.",
    ),
    Task(
        2,
        "pemkab",
        "Contoh: surat edaran netralitas ke seluruh perangkat daerah",
        date(2024, 11, 25),
        ended_on=date(2024, 11, 24),
        text="Contoh bukti: surat edaran dikirim ke semua perangkat daerah.",
    ),
    Task(
        2,
        "kesbangpol",
        "Contoh: kanal aduan hoaks tersendiri",
        date(2024, 11, 26),
        state=FollowUpState.CANCELLED,
        ended_on=date(2024, 11, 23),
        text="Contoh alasan: kanal aduan yang ada sudah cukup.",
    ),
    Task(
        3,
        "kpu",
        "Contoh: ajakan memilih melalui perangkat kecamatan dan desa",
        date(2024, 11, 25),
        ended_on=date(2024, 11, 26),
        text="Contoh bukti: ajakan disampaikan di dua belas kecamatan, sehari terlambat.",
    ),
    Task(
        4,
        "pemkab",
        "Contoh: pencocokan daftar petugas badan adhoc dengan kepesertaan",
        date(2024, 12, 6),
        ended_on=date(2024, 12, 5),
        text="Contoh bukti: daftar yang sudah dicocokkan diterima sekretariat.",
    ),
    Task(
        4,
        "pemkab",
        "Contoh: laporan akhir perlindungan petugas (tenggat: tiga hari setelah contoh dimuat)",
        None,
        state=FollowUpState.IN_PROGRESS,
        text="Contoh: bahan laporan sedang dikumpulkan.",
    ),
)


@transaction.atomic
def load(by: Actor = SYSTEM) -> Meeting:
    """Loads the meeting whole, from invitations to follow-ups; again, it changes nothing.

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
            institution=_institution(meeting, code),
        )
        for code in PRESENT
    ]
    actions.send_invitations(by=by, meeting=meeting, at=meeting.starts_at)
    for attendance in invited:
        actions.record_attendance(by=by, attendance=attendance, status=Status.PRESENT)
    items = [
        actions.set_agenda_item(by=by, meeting=meeting, title=title, minutes=minutes)
        for title, minutes in AGENDA
    ]
    decisions = [
        actions.decide(by=by, meeting=meeting, text=text, item=item)
        for text, item in zip(DECISIONS, items, strict=True)
    ]
    for task in TASKS:
        _follow_up(by, meeting, task, decisions[task.number - 1])
    return meeting


def _follow_up(by: Actor, meeting: Meeting, task: Task, decision: Decision) -> None:
    follow_up = actions.add_follow_up(
        by=by,
        meeting=meeting,
        task=task.task,
        institution=_institution(meeting, task.institution),
        due_on=task.due_on or timezone.localdate(timezone=meeting.zone) + timedelta(days=3),
        decision=decision,
        item=decision.item,
        place=Region.objects.get(pk=task.place) if task.place else None,
    )
    ended = None
    if task.ended_on is not None:
        ended = datetime.combine(task.ended_on, time(15), tzinfo=meeting.zone)
    actions.step_follow_up(by=by, follow_up=follow_up, state=task.state, text=task.text, at=ended)


def _institution(meeting: Meeting, code: str) -> Institution:
    return Institution.objects.get(region=meeting.region_id, code=code)
