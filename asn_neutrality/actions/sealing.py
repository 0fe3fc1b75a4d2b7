"""How the key of a case reaches its members, and how a case gets a new one. No action stands
here: these are steps of the actions in members.py and recovery.py, on a case that is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..conflicts import conflicted
from ..entries import OpenCase, about_report
from ..models import (
    READERS,
    Case,
    Entry,
    Evidence,
    Leaving,
    Member,
    PersonalKey,
    Report,
    Wrap,
)
from ..sealing.primitives import CanNotOpen, new_key, seal, seal_to, unseal
from .intake import recovery_key
from .writing import holders_in, name_of

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

BATCH = 200


def seal_to_person(case: Case, case_key: bytes, key: PersonalKey) -> None:
    """Seals the key of a case to one person's key, in place of what was sealed to older ones."""
    Wrap.objects.filter(case=case, personal__user=key.user_id).delete()
    Wrap.objects.create(case=case, personal=key, sealed=seal_to(key.public, case_key))


def seal_to_recovery(case: Case, case_key: bytes) -> bool:
    """Seals the key of a case to the recovery key in use, in place of what was sealed to older
    ones. Gives whether there is one."""
    recovery = recovery_key(case.region)
    if recovery is None:
        return False
    Wrap.objects.filter(case=case, recovery__isnull=False).delete()
    Wrap.objects.create(case=case, recovery=recovery, sealed=seal_to(recovery.public, case_key))
    return True


def keys_of_members(case: Case) -> list[PersonalKey]:
    """The keys in use that open the case now: of members who still may read it.

    Whoever made a new key since is not among them: that key gets nothing before a person says so.
    """
    members = Member.objects.filter(case=case, removed_at=None)
    keys = PersonalKey.objects.filter(
        retired_at=None,
        wraps__case=case,
        user__in=members.values("user"),
    ).filter(user__in=holders_in(case.region_id, *READERS))
    return list(keys.select_related("user"))


def end_membership(by: Actor, member: Member, why: str) -> None:
    """Ends a membership. Whoever leads the case and leaves it leads it no longer."""
    member.removed_at = timezone.now()
    member.removed_by = name_of(by)
    member.removed_why = why
    member.full_clean(validate_constraints=False)
    member.save()
    Case.objects.filter(pk=member.case_id, lead=member.user_id).update(lead=None)


def renew_key(by: Actor, opened: OpenCase) -> bytes:
    """Gives the locked case a new key, and its reports new ones, and seals everything anew.

    The new key goes to the members whose keys opened the old one, and to the recovery key. Members
    who may read the case no longer, or who serve in the unit of whoever is reported, are members
    no longer. Files keep the keys of their own: those are sealed anew with their details.
    """
    case = opened.case
    keys = _fit(by, opened)
    fresh = new_key()
    try:
        _reseal(opened, fresh)
    except CanNotOpen:
        raise ValidationError(
            _("Sebagian isi perkara rusak dan tidak dapat disegel ulang. Kunci tidak diganti.")
        ) from None
    Wrap.objects.filter(case=case).delete()
    Wrap.objects.bulk_create(
        Wrap(case=case, personal=key, sealed=seal_to(key.public, fresh)) for key in keys
    )
    seal_to_recovery(case, fresh)
    opened.change_key(fresh)
    return fresh


def _fit(by: Actor, opened: OpenCase) -> list[PersonalKey]:
    """Keys of the members that stay, after those who may not have left."""
    case = opened.case
    members = list(Member.objects.filter(case=case, removed_at=None).select_related("user"))
    able = set(holders_in(case.region_id, *READERS).values_list("pk", flat=True))
    barred = conflicted(opened, [member.user_id for member in members])
    for member in members:
        if member.user_id not in able:
            end_membership(by, member, Leaving.NO_ROLE)
        elif member.user_id in barred:
            end_membership(by, member, Leaving.CONFLICT)
    return keys_of_members(case)


def _reseal(opened: OpenCase, fresh: bytes) -> None:
    reports = list(Report.objects.filter(case=opened.case))
    renewed: dict[int, bytes] = {}
    for report in reports:
        opened.report_key(report)  # the old key, kept at hand before it is replaced
        renewed[report.pk] = new_key()
        report.key_for_reporter = seal_to(report.reporter_public, renewed[report.pk])
        report.key_for_case = seal(fresh, renewed[report.pk], about_report(report))
    entries = Entry.objects.filter(case=opened.case).select_related("report")
    written: list[Entry] = []
    for entry in entries.exclude(sealed=b"").iterator(BATCH):
        key = renewed[entry.report_id] if entry.report_id else fresh
        content = unseal(opened.key_of(entry), entry.sealed, entry.about)
        entry.sealed = seal(key, content, entry.about)
        written.append(entry)
    attached = Evidence.objects.filter(entry__case=opened.case).exclude(sealed=b"")
    files = list(attached.select_related("entry__report"))
    for evidence in files:
        key = renewed[evidence.entry.report_id] if evidence.entry.report_id else fresh
        details = unseal(opened.key_of(evidence.entry), evidence.sealed, evidence.about)
        evidence.sealed = seal(key, details, evidence.about)
    Report.objects.bulk_update(reports, ["key_for_reporter", "key_for_case"], batch_size=BATCH)
    Entry.objects.bulk_update(written, ["sealed"], batch_size=BATCH)
    Evidence.objects.bulk_update(files, ["sealed"], batch_size=BATCH)
