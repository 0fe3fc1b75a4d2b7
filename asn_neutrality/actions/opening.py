"""The only writer of the log of openings: what was opened, by whom, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import require
from forkopimda.lib.guard import action

from ..models import Case, Opened, Opening, Purpose
from .writing import name_of, note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forkopimda.people.models import User
    from forkopimda.regions.models import Region


@action
def note_opening(
    *, by: User, case: Case, what: str, purpose: str, explanation: str = ""
) -> Opening:
    """Notes that `by` opens the content of a case, an identity, a file or a document.

    Called before anything is shown; whoever calls it shows nothing when it raises.
    """
    require(by, "asn_neutrality.open", case)
    explanation = " ".join(explanation.split())
    if purpose == Purpose.OTHER and not explanation:
        raise ValidationError({"explanation": _("Jelaskan tujuannya, tanpa nama orang.")})
    opening = Opening(
        case=case,
        region=case.region,
        what=what,
        purpose=purpose,
        explanation=explanation,
        by_name=name_of(by),
    )
    opening.full_clean()
    opening.save()
    note(by, "asn_neutrality.note_opening", case, what=str(Opened(what)), purpose=purpose)
    return opening


@action
def note_export(*, by: User, counts: Mapping[Region, int]) -> None:
    """Notes that `by` takes rows of the register out as a file: how many of each region, so that
    the auditors of each read of it."""
    require(by, "asn_neutrality.view")
    for region, count in counts.items():
        opening = Opening(
            region=region,
            what=Opened.EXPORT,
            purpose=Purpose.OVERSIGHT,
            explanation=_("%(count)s perkara") % {"count": count},
            by_name=name_of(by),
        )
        opening.full_clean()
        opening.save()
        record(
            by=by,
            act="asn_neutrality.note_export",
            target=opening,
            region=region.pk,
            count=count,
        )
