"""How this app's acts read in words."""

from django.utils.translation import gettext_lazy as _

from forkopimda.audit.words import reads

from .models import Answer, DocumentKind, FollowUpState, ReminderStep, Status

STATUSES = dict(Status.choices)
DOCUMENTS = dict(DocumentKind.choices)
ANSWERS = dict(Answer.choices)
STATES = dict(FollowUpState.choices)

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
reads("meetings.renew_checkin_key", _("{actor} mengganti kode QR daftar hadir rapat “{title}”"))
reads(
    "meetings.save_minutes",
    _("{actor} menulis notulen acara nomor {number} pada rapat “{title}” (versi {version})"),
)
reads("meetings.decide", _("{actor} mencatat keputusan nomor {number} rapat “{title}”"))
reads("meetings.edit_decision", _("{actor} mengubah keputusan nomor {number} rapat “{title}”"))
reads(
    "meetings.add_follow_up",
    _("{actor} memberi {institution} tindak lanjut dari rapat “{title}”, tenggat {due_on}"),
)
reads("meetings.edit_follow_up", _("{actor} mengubah tindak lanjut dari rapat “{title}”"))
reads(
    "meetings.step_follow_up",
    _("{actor} mengubah tindak lanjut {institution} dari rapat “{title}”: {state} (dari {before})"),
    state=STATES,
    before=STATES,
)
reads(
    "meetings.comment_follow_up",
    _("{actor} menambah catatan pada tindak lanjut dari rapat “{title}”"),
)
reads(
    "meetings.carry_follow_ups",
    _("{actor} membawa {count} tindak lanjut ke rapat “{title}”"),
)
reads("meetings.cancel_meeting", _("{actor} membatalkan rapat “{title}” ({count} surat)"))
reads(
    "meetings.move_agenda_item",
    _("{actor} memindahkan acara “{item}” pada rapat “{title}” ke nomor {number}"),
)
reads(
    "meetings.remove_agenda_item",
    _("{actor} menghapus acara nomor {number} “{item}” dari rapat “{title}”"),
)
reads("meetings.remove_invitee", _("{actor} menarik undangan {institution} ke rapat “{title}”"))
reads(
    "meetings.resend_letter",
    _("{actor} mengirim ulang surat kepada {institution} untuk rapat “{title}”"),
)
reads(
    "meetings.answer_invitation",
    _("{actor} menjawab undangan {institution} ke rapat “{title}”: {answer}"),
    answer=ANSWERS,
)
reads("meetings.renew_feed", _("{actor} membuat alamat kalender pribadi"))
reads("meetings.close_feed", _("{actor} mematikan alamat kalender pribadi"))
reads(
    "meetings.give_reminder",
    _("{actor} mengingatkan {institution} akan tindak lanjut rapat “{title}”: {step}"),
    step=dict(ReminderStep.choices),
)
reads(
    "meetings.issue_document",
    _("{actor} menerbitkan {kind} nomor {number} (versi {version}) untuk rapat “{title}”"),
    kind=DOCUMENTS,
)
reads(
    "meetings.approve_minutes",
    _("{actor} menyetujui notulen versi {version} rapat “{title}”"),
)
reads(
    "meetings.reopen_for_correction",
    _("{actor} membuka notulen rapat “{title}” untuk koreksi: {reason}"),
)
reads("meetings.attach", _("{actor} melampirkan berkas “{name}” pada rapat “{title}”"))
reads("meetings.remove_attachment", _("{actor} menghapus lampiran “{name}” dari rapat “{title}”"))
reads("meetings.save_letterhead", _("{actor} menyimpan kop surat {institution}"))
