"""Photos of incidents: drawn anew, stored once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import store_file, storing_files
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.photos import MOST_PHOTOS, redraw
from forkopimda.people.models import User

from ..models import Incident, IncidentPhoto

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@storing_files
@action
def add_photos(
    *,
    by: Actor,
    incident: Incident,
    photos: Sequence[UploadedFile[Any]],
    photo_keys: Sequence[uuid.UUID | None] = (),
) -> list[IncidentPhoto]:
    """Adds photos to an incident; those that it has already are left out. Gives the new ones."""
    require(by, "security.add_photo", incident)
    if not photos:
        raise ValidationError({"photos": _("Pilih paling sedikit satu foto.")})
    # One writer of photos at a time: whoever comes second counts what the first has stored.
    incident = cast(Incident, Incident.objects.select_for_update(no_key=True).get(pk=incident.pk))
    stored = store_photos(by, incident, photos, photo_keys)
    if stored:
        record(
            by=by,
            act="security.add_photos",
            target=incident,
            region=incident.region_id,
            number=incident.number,
            count=len(stored),
        )
        announce("incidents", region=incident.region_id)
    return stored


def store_photos(
    by: Actor,
    incident: Incident,
    photos: Sequence[UploadedFile[Any]],
    photo_keys: Sequence[uuid.UUID | None] = (),
) -> list[IncidentPhoto]:
    """Draws and stores the photos, inside an action that is marked with storing_files.

    Raises ValidationError on "photos" with a message for each that is refused.
    """
    if len(photos) > MOST_PHOTOS:
        raise too_many()
    kept = list(incident.photos.values_list("key", "sha256")) if photos else []
    keys, prints = {key for key, _print in kept}, {print_ for _key, print_ in kept}
    stored, refusals = [], []
    for number, upload in enumerate(photos):
        key = photo_keys[number] if number < len(photo_keys) else None
        if key in keys:
            continue
        try:
            drawn = redraw(upload)
        except ValidationError as error:
            refusals.append(error)
            continue
        if drawn.sha256 in prints:
            continue
        prints.add(drawn.sha256)
        if len(prints) > MOST_PHOTOS:
            raise too_many()
        photo = IncidentPhoto(
            incident=incident,
            sha256=drawn.sha256,
            width=drawn.width,
            height=drawn.height,
            by_name=str(by if isinstance(by, User) else by.get_username()),
        )
        if key is not None and not IncidentPhoto.objects.filter(key=key).exists():
            photo.key = key
        store_file(photo.file, f"{photo.key.hex}.jpg", ContentFile(drawn.content))
        photo.full_clean()
        photo.save()
        keys.add(photo.key)
        stored.append(photo)
    if refusals:
        raise ValidationError({"photos": refusals})
    return stored


def too_many() -> ValidationError:
    """What is said of more photos than an incident holds."""
    return ValidationError(
        {"photos": _("Paling banyak %(most)s foto per insiden.") % {"most": MOST_PHOTOS}}
    )
