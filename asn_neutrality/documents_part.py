"""What the page of a case offers of writing, documents and merging: context of
templates/asn_neutrality/documents/_part.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forkopimda.lib.authority import may

from .actions.entries import AFTER_THE_END, WRITTEN
from .forms.documents import LetterForm, ReceiptForm
from .models import DISMISSIBLE, Entry, EntryKind

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from .entries import OpenCase
    from .models import Case


def documents_part(user: User, case: Case, opened: OpenCase | None) -> dict[str, Any]:
    """Context for the page of `case`; `opened` is None while its content is closed to the user.

    Three queries at most while it is open, and those of the template.
    """
    if case.erased_at is not None:
        return {}
    context: dict[str, Any] = {}
    if case.reports.exists():
        context["documents_receipt"] = ReceiptForm(case=case, auto_id="receipt_%s")
    if opened is None:
        return context
    printable = {EntryKind.STUDY, EntryKind.RECOMMENDATION}
    found = Entry.objects.filter(case=case, kind__in=printable).order_by()
    written = set(found.values_list("kind", flat=True).distinct())
    context["documents_study"] = EntryKind.STUDY in written
    if EntryKind.RECOMMENDATION in written:
        context["documents_letter"] = LetterForm(auto_id="letter_%s")
    if may(user, "asn_neutrality.work", case) and case.merged_into_id is None:
        context["documents_kinds"] = WRITTEN if case.is_open else AFTER_THE_END
        context["documents_mergeable"] = case.state in DISMISSIBLE
    return context
