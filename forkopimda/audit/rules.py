"""Who may read the audit trail: auditors and administrators, within their regions."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor


@rules.predicate
def reads_audit(by: Actor, event: Any = None) -> bool:
    """Auditors read all, administrators all but what concerns ASN cases or is closed."""
    if event is None:
        return by.access.holds("auditor", "administrator")
    if by.access.covers(event.region, "auditor"):
        return True
    withheld = event.action.startswith("asn_neutrality.") or "closed" in event.data
    return by.access.covers(event.region, "administrator") and not withheld


rules.add_perm("audit.view", reads_audit)
