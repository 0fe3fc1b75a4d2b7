"""Attachments of meetings and follow-ups: handed in, taken away."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import check_upload, store_file, storing_files
from forkopimda.lib.guard import action

from ..models import Attachment, Meeting
from .common import held, name_of, noted, store

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from ..models import FollowUp

MOST_FILES = 30


@storing_files
@action
def attach(
    *,
    by: Actor,
    meeting: Meeting,
    upload: UploadedFile[Any],
    follow_up: FollowUp | None = None,
) -> Attachment:
    """Keeps a file with a meeting, or with one of its follow-ups, once its content is checked."""
    if follow_up is None:
        require(by, "meetings.change", meeting)
    else:
        require(by, "meetings.work_follow_up", follow_up)
        meeting = follow_up.meeting
    meeting = held(meeting)
    kept = meeting.attachments.filter(follow_up=follow_up, removed_at=None)
    if kept.count() >= MOST_FILES:
        raise ValidationError(
            _("Sudah ada %(count)s lampiran. Hapus yang tidak dipakai lebih dahulu.")
            % {"count": MOST_FILES}
        )
    checked = check_upload(upload)
    attachment = Attachment(
        meeting=meeting,
        follow_up=follow_up,
        name=checked.name,
        content_type=checked.content_type,
        size=upload.size or 0,
        sha256=hashlib.file_digest(upload, "sha256").hexdigest(),
        uploaded_by=name_of(by),
    )
    upload.seek(0)
    store_file(attachment.file, checked.name, upload)
    store(attachment, {})
    noted(by, "meetings.attach", attachment, meeting, name=_shown(attachment))
    return attachment


@action
def remove_attachment(*, by: Actor, attachment: Attachment) -> Attachment:
    """Takes a file away from its meeting; the stored file and the record of it stay."""
    if attachment.follow_up is None:
        require(by, "meetings.change", attachment.meeting)
    else:
        require(by, "meetings.work_follow_up", attachment.follow_up)
    if attachment.removed_at is not None:
        raise ValidationError(_("Lampiran ini sudah dihapus."))
    store(attachment, {"removed_at": timezone.now()})
    noted(
        by,
        "meetings.remove_attachment",
        attachment,
        attachment.meeting,
        name=_shown(attachment),
    )
    return attachment


def _shown(attachment: Attachment) -> str:
    """The name for the audit trail; a restricted meeting's files are not named outside it."""
    return "–" if attachment.meeting.restricted else attachment.name
