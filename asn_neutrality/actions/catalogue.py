"""The only writers of the catalogue: what is shipped, and new versions of its lines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import Sanction, Term, Violation
from ..models.catalogue import Versioned
from ..shipped import SANCTIONS, TERMS, VIOLATIONS
from .writing import name_of


@action
def ship_catalogue(*, by: Actor) -> None:
    """Adds each shipped line whose code has no version yet. A few queries when none is missing."""
    require(by, "asn_neutrality.keep_catalogue")
    for model, lines in ((Violation, VIOLATIONS), (Sanction, SANCTIONS), (Term, TERMS)):
        there = set(model.objects.values_list("code", flat=True))
        missing = [line for line in lines if line.code not in there]
        for line in missing:
            fields = asdict(line)
            fields["is_confirmed"] = fields.pop("confirmed", False)
            row = model(**fields, valid_from=timezone.localdate(), changed_by=by.get_username())
            row.full_clean()
            row.save()
            record(by=by, act="asn_neutrality.ship_line", target=row, code=row.code)


@action
def change_line(*, by: Actor, line: Versioned, fields: dict[str, Any]) -> Versioned:
    """Ends the version in force of a line and adds the next, from today. Gives the new one."""
    require(by, "asn_neutrality.keep_catalogue")
    model = type(line)
    today = timezone.localdate()
    current = model.objects.select_for_update().in_force().get(code=line.code)
    current.valid_to = today
    current.save(update_fields=["valid_to"])
    kept = {
        field.name: getattr(current, field.name)
        for field in model._meta.concrete_fields
        if field.name not in {"id", "valid_from", "valid_to", "changed_by", "changed_at"}
    }
    row = model(**{**kept, **fields}, valid_from=today, changed_by=name_of(by))
    row.full_clean()
    row.save()
    record(by=by, act="asn_neutrality.change_line", target=row, code=row.code)
    return row
