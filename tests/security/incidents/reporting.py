"""What tests of incidents share: reports as a phone sends them, photos as a camera makes them."""

import io
import uuid
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings.models import FollowUp
from security import actions

GPS = 0x8825
ORIENTATION = 0x0112
MAKE, DESCRIPTION = 0x010F, 0x010E


def sent(**fields):
    """The fields of the form, filled in."""
    return {
        "category": "protest",
        "severity": "minor",
        "description": "Massa berkumpul di depan kantor desa.",
        "region": "12.19.08",
        **fields,
    }


def report(region, *, by=SYSTEM, **fields):
    """A stored incident."""
    values = {
        "category": "protest",
        "severity": "minor",
        "description": "Massa berkumpul di depan kantor desa.",
        "occurred_at": timezone.now() - timedelta(hours=1),
        **fields,
    }
    return actions.report_incident(by=by, region=region, **values).incident


def picture(width=640, height=480, colour="steelblue", **saved):
    """The bytes of a photo whose left upper corner is white."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("white", (0, 0, width // 4, height // 4))
    stream = io.BytesIO()
    image.save(stream, **{"format": "JPEG", **saved})
    return stream.getvalue()


def camera_picture(**fields):
    """A photo as a phone takes it: with place, maker, words and a thumbnail beside the pixels."""
    exif = Image.Exif()
    exif[MAKE] = "Kamera Rahasia"
    exif[DESCRIPTION] = "Rumah saksi"
    exif[ORIENTATION] = fields.pop("orientation", 1)
    exif.get_ifd(GPS).update({1: "N", 2: (3.0, 12.0, 6.0), 3: "E", 4: (99.0, 32.0, 58.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Rumah saksi</x:xmpmeta>"
    return picture(exif=exif, xmp=xmp, comment=b"Rumah saksi", **fields)


def upload(content, name="foto.jpg"):
    """The photo as a form sends it."""
    return SimpleUploadedFile(name, content)


def where(client, latitude, longitude):
    """What the server says of a point."""
    return client.get(f"/insiden/tempat/?lat={latitude}&lon={longitude}")


def key():
    """A key as a phone makes it."""
    return str(uuid.uuid4())


def worked_incident(region):
    """One incident with a photo and a link, by the names that the table of rights gives them."""
    incident = report(region, photos=[upload(picture(64, 48))])
    follow_up = FollowUp.objects.filter(meeting__sent_at__isnull=False).first()
    link = actions.link_follow_up(by=SYSTEM, incident=incident, follow_up=follow_up)
    return {
        "{incident}": incident.pk,
        "{photo}": incident.photos.get().pk,
        "{incident_link}": link.pk,
    }
