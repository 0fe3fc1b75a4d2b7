"""The conversations with a case's reporters, as a part of the case's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forkopimda.lib.authority import may

from .actions import mark_read
from .correspondence import Message, latest_of, read
from .forms.conversation import ReplyForm
from .models import State

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from .entries import OpenCase
    from .models import Case, Report

#: Reports whose messages are shown at once, those with news first; of each, its last messages.
MOST_REPORTS = 10
LATEST = 5


@dataclass(frozen=True)
class Talk:
    """A report's last messages, and the form to answer where the reader may."""

    report: Report
    unread: bool
    messages: list[Message]
    more: bool
    form: ReplyForm | None


def conversation_part(user: User, case: Case, opened: OpenCase | None) -> dict[str, Any]:
    """Context of asn_neutrality/_conversation.html; its keys begin with `conversation`.

    What an examiner of the case is shown here is noted as read.
    """
    if opened is None:
        return {}
    reports = list(case.reports.order_by("-is_unread", "id"))
    shown, others = reports[:MOST_REPORTS], reports[MOST_REPORTS:]
    works = may(user, "asn_neutrality.work", case)
    latest = latest_of(shown, LATEST + 1)
    talks = []
    for report in shown:
        entries = latest.get(report.pk, [])
        talks.append(
            Talk(
                report=report,
                unread=report.is_unread,
                messages=read(opened, entries[-LATEST:]),
                more=len(entries) > LATEST,
                form=ReplyForm(auto_id=f"id_{report.pk}_%s") if works else None,
            )
        )
        if works and report.is_unread:
            last = entries[-1].serial if entries else 0
            mark_read(by=user, opened=opened, report=report, upto=last)
    return {
        "conversation_reports": talks,
        "conversation_others": others,
        "conversation_must_ask": works and case.state == State.COMPLETION,
    }
