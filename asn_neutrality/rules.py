"""Who may read and write cases.

Examiners and auditors read the cases of their regions; examiners write them. Nobody else reads,
lists or counts a case, administrators and the regent's office included. The register's address
is in everybody's menu: whoever has another role finds there what the register is for and who
works it, with no figure (`asn_neutrality.enter`).
"""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

from .models import READERS


@rules.predicate
def enters(by: Actor, _subject: Any = None) -> bool:
    """Whoever has a role may learn what the register is for."""
    return bool(by.access.grants)


@rules.predicate
def reads_case(by: Actor, case: Any = None) -> bool:
    """Examiners and auditors, within their regions."""
    if case is None:
        return by.access.holds(*READERS)
    return by.access.covers(case.region_id, *READERS)


@rules.predicate
def reads_step(by: Actor, step: Any = None) -> bool:
    """As `reads_case`, for a step of the case."""
    return reads_case(by, step.case if step else None)


@rules.predicate
def opens_in(by: Actor, region: Any = None) -> bool:
    """Examiners open cases in their regions."""
    if region is None:
        return by.access.holds(Role.ASN_EXAMINER)
    return by.access.covers(region.pk, Role.ASN_EXAMINER)


@rules.predicate
def works_case(by: Actor, case: Any = None) -> bool:
    """Examiners work the cases of their regions."""
    if case is None:
        return by.access.holds(Role.ASN_EXAMINER)
    return by.access.covers(case.region_id, Role.ASN_EXAMINER)


rules.add_perm("asn_neutrality.enter", enters)
rules.add_perm("asn_neutrality.view", reads_case)
rules.add_perm("asn_neutrality.view_step", reads_step)
rules.add_perm("asn_neutrality.open", opens_in)
rules.add_perm("asn_neutrality.work", works_case)
