"""What a reminder says, in each language. Of a meeting that not all may read it says neither the
title nor the task: alerts are seen by those who oversee the region."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forkopimda.lib.language import in_each_language

from .models import FollowUp, ReminderStep

HEADLINES = {
    ReminderStep.BEFORE: lambda: _("Tindak lanjut mendekati tenggat: %(task)s"),
    ReminderStep.DUE: lambda: _("Tindak lanjut jatuh tempo hari ini: %(task)s"),
    ReminderStep.OVERDUE: lambda: _("Tindak lanjut lewat tenggat: %(task)s"),
    ReminderStep.CHAIR: lambda: _("Untuk pimpinan: tindak lanjut lewat tenggat: %(task)s"),
}


def headline(follow_up: FollowUp, step: ReminderStep) -> dict[str, str]:
    """Which step it is, and the task."""
    return in_each_language(lambda: HEADLINES[step]() % {"task": _task(follow_up)})


def description(
    follow_up: FollowUp, step: ReminderStep, today: date, *, reached: bool
) -> dict[str, str]:
    """Of which meeting, whose it is, until when; and whether nobody responsible was reached."""
    return in_each_language(
        lambda: " ".join(_sentences(follow_up, step, today=today, reached=reached))
    )


def _sentences(follow_up: FollowUp, step: ReminderStep, *, today: date, reached: bool) -> list[str]:
    words = {
        "institution": follow_up.institution.name,
        "day": date_format(follow_up.due_on, "DATE_FORMAT"),
        "meeting": follow_up.meeting.title,
    }
    closed = follow_up.meeting.is_closed
    said = [
        _("Dari rapat tertutup.") if closed else _("Dari rapat “%(meeting)s”.") % words,
        _("Penanggung jawab: %(institution)s. Tenggat: %(day)s.") % words,
    ]
    days = (today - follow_up.due_on).days
    if days > 0:
        late = ngettext("Terlambat %(count)d hari.", "Terlambat %(count)d hari.", days)
        said.append(late % {"count": days})
    if step == ReminderStep.CHAIR:
        said.append(_("Disampaikan kepada pimpinan rapat."))
    if not reached:
        said.append(_("Penanggung jawab tidak mempunyai akun yang dapat membaca rapat ini."))
        said.append(_("Hubungi langsung."))
    return said


def _task(follow_up: FollowUp) -> str:
    return _("dari rapat tertutup") if follow_up.meeting.is_closed else follow_up.task
