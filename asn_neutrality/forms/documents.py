"""What is asked before a document is made, and before two cases become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, Form, style_widgets

from ..models import Recipient, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..models import Case

#: Reports of one case that receipts are offered of, newest first; more than merging brings.
MOST_RECEIPTS = 200


class LetterForm(Form):
    """To whom the letter of recommendation goes."""

    recipient = forms.ChoiceField(
        label=_("Kepada"), choices=Recipient.choices, initial=Recipient.AUTHORITY
    )


class ReceiptForm(forms.Form):
    """Whose receipt is printed: one of the reports of the case, the first where none is named."""

    report = forms.ModelChoiceField(
        Report.objects.none(), label=_("Laporan"), empty_label=None, required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = case.reports.order_by("-pk").values("pk")[:MOST_RECEIPTS]
        reports = case.reports.filter(pk__in=newest)
        cast(Any, self.fields["report"]).queryset = reports.select_related("case__region")
        style_widgets(self)


class MainCaseForm(forms.Form):
    """Into which case another is merged: one of those that the examiner has open."""

    main = forms.TypedChoiceField(
        label=_("Perkara induk"),
        coerce=int,
        widget=Choices,
        error_messages={"required": _("Pilih perkara induk.")},
    )

    def __init__(self, *args: Any, candidates: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["main"]).choices = [
            (case.pk, f"{case.number} · {case.get_kind_display()}") for case in candidates
        ]
        style_widgets(self)
