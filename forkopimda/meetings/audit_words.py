"""How this app's acts read in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from .models import Status

STATUSES = dict(Status.choices)

reads("meetings.plan_meeting", _("{actor} menjadwalkan rapat “{title}”"))
reads("meetings.edit_meeting", _("{actor} mengubah rapat “{title}”"))
reads(
    "meetings.set_agenda_item",
    _("{actor} menyimpan acara nomor {number} “{item}” pada rapat “{title}”"),
)
reads("meetings.invite", _("{actor} mengundang {institution} ke rapat “{title}”"))
reads(
    "meetings.record_attendance",
    _("{actor} mencatat kehadiran {institution} pada rapat “{title}”: {status} (dari {before})"),
    status=STATUSES,
    before=STATUSES,
)
reads(
    "meetings.send_invitations",
    _("{actor} mengirim undangan rapat “{title}” ({count} surat)"),
)
