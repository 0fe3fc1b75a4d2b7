"""The only writers of erasure: the content of unproven cases goes, that they were stays."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..clock import retention_days
from ..models import (
    ERASED,
    Case,
    CaseStep,
    Entry,
    Evidence,
    Member,
    Report,
    Standing,
    State,
    Wrap,
)
from ..sealing.primitives import KEY_BYTES
from .writing import lock, name_of, note

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import CaseQuerySet

logger = logging.getLogger(__name__)

#: What ended without anything being proven.
UNPROVEN = (State.NOT_PROVEN, State.DISMISSED)


def due_for_erasure(now: datetime) -> CaseQuerySet:
    """Unproven cases whose last step is longer ago than they are kept. A duplicate is none: it
    goes with the case that it was merged into."""
    last = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows: CaseQuerySet = Case.objects.filter(
        state__in=UNPROVEN, merged_into=None, erased_at=None
    ).annotate(ended_at=Subquery(last))
    return rows.filter(ended_at__lt=now - timedelta(days=retention_days()))


@action
def erase_case(*, by: Actor, case: Case) -> bool:
    """Empties a case that is due, with the duplicates merged into it. Gives whether it was due.

    Sealed content, keys and codes go, and nobody is a member any more. Number, kind, days, states
    and steps stay, so that counts do. Files go after the commit, by `discard_file`.
    """
    require(by, "asn_neutrality.erase", case)
    case = lock(case)
    now = timezone.now()
    if not due_for_erasure(now).filter(pk=case.pk).exists():
        return False
    merged = [lock(each) for each in Case.objects.filter(merged_into=case).order_by("pk")]
    for each in (*merged, case):
        _empty(by, each, now)
    return True


@action
def discard_file(*, by: Actor, evidence: Evidence) -> bool:
    """Deletes a file of an erased case, then what was known of it. Gives whether it is gone.

    One that can't be deleted now keeps its row, by which the next run finds it again.
    """
    require(by, "asn_neutrality.erase", evidence.entry.case)
    try:
        evidence.file.storage.delete(str(evidence.file.name))
    except OSError as error:
        logger.warning("a file of an erased case stays until the next run: %s", error.strerror)
        return False
    evidence.delete()
    return True


def files_to_discard() -> list[Evidence]:
    """Files of erased cases that are still there."""
    rows = Evidence.objects.filter(entry__case__erased_at__isnull=False)
    return list(rows.select_related("entry__case"))


def _empty(by: Actor, case: Case, now: datetime) -> None:
    Entry.objects.filter(case=case).update(sealed=b"")
    Evidence.objects.filter(entry__case=case).update(sealed=b"")
    Wrap.objects.filter(case=case).delete()
    Member.objects.filter(case=case, removed_at=None).update(
        removed_at=now, removed_by=name_of(by), removed_why=ERASED
    )
    for report in Report.objects.filter(case=case):
        _forget(report)
    case.erased_at = now
    case.lead = None
    case.save(update_fields=["erased_at", "lead"])
    note(by, "asn_neutrality.erase", case)


def _forget(report: Report) -> None:
    """No code finds it, no key opens it, and how its reporter stood is not told any more."""
    report.lookup = secrets.token_bytes(KEY_BYTES)
    report.submission = secrets.token_bytes(KEY_BYTES)
    report.reporter_public = report.reporter_private = b""
    report.key_for_reporter = report.key_for_case = b""
    report.standing = Standing.ANONYMOUS
    report.is_unread = False
    report.save()
