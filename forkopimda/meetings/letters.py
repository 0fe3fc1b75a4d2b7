"""The mails to invitees: invitation, change, cancellation, minutes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import ical
from .documents import invitation_pdf
from .invitee import token_of
from .models import Attendance, DocumentKind, Letter, LetterKind


def compose(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    """The mail of one letter, in its language and in the zone of the meeting's region."""
    attendance = letter.attendance
    meeting = attendance.meeting
    with translation.override(letter.language), timezone.override(meeting.region.time_zone):
        message = EmailMultiAlternatives(
            subject=" ".join(_subject(letter).split()),
            body=render_to_string("meetings/mail.txt", _context(letter)),
            to=[letter.address],
            connection=connection,
            headers={
                # The same for every attempt, so that a mail program shows a repeated one once.
                "Message-ID": f"<letter-{letter.pk}@{urlsplit(settings.BASE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        if letter.kind != LetterKind.MINUTES:
            _add_entry(message, letter)
        if letter.kind in (LetterKind.INVITATION, LetterKind.UPDATE):
            message.attach(_("undangan.pdf"), invitation_pdf(attendance), "application/pdf")
        if letter.kind == LetterKind.MINUTES:
            issued = meeting.documents.get(kind=DocumentKind.MINUTES, version=letter.sequence)
            with issued.file.open("rb") as pdf:
                message.attach(_("notulen.pdf"), pdf.read(), "application/pdf")
    return message


def answer_link(attendance: Attendance) -> str:
    """The address at which whoever holds this invitation answers, without signing in."""
    path = reverse("meetings:invitation", kwargs={"token": token_of(attendance)})
    return f"{settings.BASE_URL}{path}"


def _subject(letter: Letter) -> str:
    forms = {
        LetterKind.INVITATION: _("Undangan: %(title)s"),
        LetterKind.UPDATE: _("Perubahan undangan: %(title)s"),
        LetterKind.CANCELLATION: (
            _("Undangan ditarik: %(title)s")
            if letter.attendance.removed_at
            else _("Rapat dibatalkan: %(title)s")
        ),
        LetterKind.MINUTES: _("Notulen: %(title)s"),
    }
    return forms[LetterKind(letter.kind)] % {"title": letter.attendance.meeting.title}


def _context(letter: Letter) -> dict[str, object]:
    attendance = letter.attendance
    meeting = attendance.meeting
    return {
        "kind": letter.kind,
        "attendance": attendance,
        "meeting": meeting,
        "agenda": meeting.agenda.all(),
        "answer_link": answer_link(attendance),
        "page": f"{settings.BASE_URL}{reverse('meetings:detail', kwargs={'pk': meeting.pk})}",
    }


def _add_entry(message: EmailMultiAlternatives, letter: Letter) -> None:
    """As an alternative, which mail programs show with their own buttons, and as a file."""
    entry = ical.entry_of(letter, answer_link(letter.attendance))
    message.attach_alternative(entry.text, f"text/calendar; method={entry.method}")
    message.attach(_("undangan.ics"), entry.text.encode(), "application/ics")
