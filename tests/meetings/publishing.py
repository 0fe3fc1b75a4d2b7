"""Files to hand in, and a meeting that has come as far as its approved minutes."""

import datetime
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import DocumentKind

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def upload(name, content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """A ZIP file of `parts`, name to content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def text_of(pdf):
    """The words of a PDF, spaces evened out. Long words carry marks where they may break."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def hold(region, chair, title="Rapat koordinasi", *, days=-1, **fields):
    """A meeting that was held: invited, with one point and its minutes."""
    start = timezone.now() + datetime.timedelta(days=days)
    meeting = actions.plan_meeting(
        by=SYSTEM,
        region=region,
        title=title,
        place="Aula",
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=2),
        chair=chair,
        **fields,
    )
    actions.invite(by=SYSTEM, meeting=meeting, institution=chair)
    actions.send_invitations(by=SYSTEM, meeting=meeting, at=meeting.starts_at)
    actions.set_agenda_item(
        by=SYSTEM, meeting=meeting, title="Keamanan", minutes="Keadaan terkendali."
    )
    return meeting


def publish(region, chair):
    """Keys of such a meeting with its minutes approved and a file attached."""
    meeting = hold(region, chair, "Rapat terbit")
    attachment = actions.attach(by=SYSTEM, meeting=meeting, upload=upload("bahan.pdf"))
    actions.approve_minutes(by=SYSTEM, meeting=meeting)
    document = meeting.documents.get(kind=DocumentKind.MINUTES)
    return {
        "{published}": meeting.pk,
        "{attachment}": attachment.pk,
        "{document}": document.pk,
        "{verified}": document.key,
        "{institution}": chair.pk,
    }
