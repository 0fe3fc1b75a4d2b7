"""Keys, recovery, the log of openings, the catalogue."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

from ..models import CATALOGUE_READERS, READERS


@rules.predicate
def holds_key(by: Actor, _subject: Any = None) -> bool:
    """Examiners, and auditors, who may be let in to a case, have a key of their own."""
    return by.access.holds(*READERS)


@rules.predicate
def keeps_recovery(by: Actor, region: Any = None) -> bool:
    """Examiners of a region make its recovery key, and recover with the holders of its shares."""
    if region is None:
        return by.access.holds(Role.ASN_EXAMINER)
    return by.access.covers(region.pk, Role.ASN_EXAMINER)


@rules.predicate
def sees_recovery(by: Actor, key: Any = None) -> bool:
    """Examiners and auditors see that a recovery key exists and who holds its shares."""
    if key is None:
        return by.access.holds(*READERS)
    return by.access.covers(key.region_id, *READERS)


@rules.predicate
def sees_openings(by: Actor, opening: Any = None) -> bool:
    """Auditors alone read who opened what."""
    if opening is None:
        return by.access.holds(Role.AUDITOR)
    return by.access.covers(opening.region_id, Role.AUDITOR)


@rules.predicate
def reads_catalogue(by: Actor, _line: Any = None) -> bool:
    """Examiners work by it, auditors check it, administrators keep it."""
    return by.access.holds(*CATALOGUE_READERS)


@rules.predicate
def keeps_catalogue(by: Actor, _line: Any = None) -> bool:
    """Administrators of the whole country or of a region: the rules are the same everywhere."""
    return by.access.holds(Role.ADMINISTRATOR)


rules.add_perm("asn_neutrality.hold_key", holds_key)
rules.add_perm("asn_neutrality.keep_recovery", keeps_recovery)
rules.add_perm("asn_neutrality.view_recovery", sees_recovery)
rules.add_perm("asn_neutrality.view_openings", sees_openings)
rules.add_perm("asn_neutrality.view_catalogue", reads_catalogue)
rules.add_perm("asn_neutrality.keep_catalogue", keeps_catalogue)
