"""What the schedule and the command `erase_unproven` do. Safe to run twice, at once too."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM

from . import actions
from .actions.erasure import due_for_erasure, files_to_discard
from .models import Case, Evidence, Report

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """How much was erased, or would be; `left` are files that could not be deleted yet."""

    cases: int
    reports: int
    files: int
    left: int = 0


def would_erase() -> Erased:
    """What a run would erase now."""
    due = list(due_for_erasure(timezone.now()).values_list("pk", flat=True))
    merged = Case.objects.filter(merged_into__in=due).values_list("pk", flat=True)
    cases = [*due, *merged]
    return Erased(
        cases=len(cases),
        reports=Report.objects.filter(case__in=cases).count(),
        files=Evidence.objects.filter(entry__case__in=cases).count() + len(files_to_discard()),
    )


def erase_due() -> Erased:
    """Erases every case that is due, each on its own, then the files of erased cases."""
    cases = reports = 0
    for case in due_for_erasure(timezone.now()):
        try:
            done = actions.erase_case(by=SYSTEM, case=case)
        except DatabaseError:
            # The others are not kept longer than they may be because of one.
            logger.exception("a case could not be erased, the next run tries it again")
            continue
        if done:
            emptied = [case.pk, *case.merged.values_list("pk", flat=True)]
            cases += len(emptied)
            reports += Report.objects.filter(case__in=emptied).count()
    files = files_to_discard()
    gone = sum(actions.discard_file(by=SYSTEM, evidence=evidence) for evidence in files)
    return Erased(cases=cases, reports=reports, files=gone, left=len(files) - gone)
