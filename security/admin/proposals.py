"""Proposals in the admin: read; added by the police's own rule, decided on their page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from .. import actions
from ..models import Proposal


@admin.register(Proposal)
class ProposalAdmin(ActionAdmin):
    """Every proposal and what became of it. Staff who also propose add one by the same rules."""

    view_permission = "security.view"
    add_permission = "security.propose"
    list_display = ["region", "level", "state", "author_name", "made_at", "decided_by"]
    list_filter = ["state", "level"]
    list_select_related = ["region", "decided_by"]
    search_fields = ["region__name", "region__code", "reason", "author_name"]
    date_hierarchy = "made_at"
    autocomplete_fields = ["region"]
    fields = ["region", "level", "reason", "evidence"]

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """The form's fields when adding; all of them when reading."""
        made = ["assessment", "departure", "author_name", "made_at"]
        became = ["state", "decided_by", "decided_at", "remark", "rating"]
        return [*self.fields, *made, *became] if obj else self.fields

    def create(self, by: Any, data: dict[str, Any]) -> Proposal:
        """Proposes the level to the approvers of the regency."""
        return actions.propose_level(by=by, **data)
