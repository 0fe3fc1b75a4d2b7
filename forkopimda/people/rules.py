"""Who may read and write institutions, officials, users and roles."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor

from .models import Role
from .models.user import STAFF_ROLES


@rules.predicate
def reads_forum(by: Actor, institution: Any = None) -> bool:
    """Whoever has a role reads the institutions and officials of their regency."""
    if institution is None:
        return bool(by.access.grants)
    return by.access.may_read(institution.region_id)


@rules.predicate
def reads_official(by: Actor, official: Any = None) -> bool:
    """Officials are read by those who read one of their institutions."""
    if official is None:
        return bool(by.access.grants)
    return official.__class__.objects.visible_to(by).filter(pk=official.pk).exists()


@rules.predicate
def keeps_forum(by: Actor, region: Any = None) -> bool:
    """Administrators and the secretariat keep the list of institutions in their region."""
    keepers = (Role.ADMINISTRATOR, Role.SECRETARIAT)
    if region is None:
        return by.access.holds(*keepers)
    return by.access.covers(region.pk, *keepers)


@rules.predicate
def reads_users(by: Actor, user: Any = None) -> bool:
    """Administrators and auditors read the accounts in their regions."""
    if user is None:
        return by.access.holds(*STAFF_ROLES)
    return any(
        by.access.covers(grant.code, *STAFF_ROLES) for grant in user.access.grants
    ) or by.access.covers("", *STAFF_ROLES)


@rules.predicate
def administers_user(by: Actor, user: Any = None) -> bool:
    """Administrators change an account all of whose roles lie in their regions."""
    if user is None:
        return by.access.holds(Role.ADMINISTRATOR)
    codes = [grant.code for grant in user.access.grants]
    return all(by.access.covers(code, Role.ADMINISTRATOR) for code in codes or [""])


@rules.predicate
def administers_scope(by: Actor, code: Any = None) -> bool:
    """Administrators give and take roles in their regions; `code` may be empty: the country."""
    if code is None:
        return by.access.holds(Role.ADMINISTRATOR)
    return by.access.covers(code, Role.ADMINISTRATOR)


@rules.predicate
def reads_grant(by: Actor, grant: Any = None) -> bool:
    """Administrators and auditors read which roles are held in their regions."""
    if grant is None:
        return by.access.holds(*STAFF_ROLES)
    return by.access.covers(grant.region_id or "", *STAFF_ROLES)


@rules.predicate
def revokes_grant(by: Actor, grant: Any = None) -> bool:
    """Administrators take back the roles held in their regions."""
    return administers_scope(by, None if grant is None else grant.region_id or "")


@rules.predicate
def reads_tenure(by: Actor, tenure: Any = None) -> bool:
    """As `reads_forum`, for who heads an institution."""
    return reads_forum(by, tenure.institution if tenure else None)


@rules.predicate
def keeps_institution(by: Actor, institution: Any = None) -> bool:
    """As `keeps_forum`, for one institution."""
    return keeps_forum(by, institution.region if institution else None)


@rules.predicate
def keeps_tenure(by: Actor, tenure: Any = None) -> bool:
    """As `keeps_forum`, for who heads an institution."""
    return keeps_institution(by, tenure.institution if tenure else None)


@rules.predicate
def keeps_official(by: Actor, official: Any = None) -> bool:
    """As `keeps_forum`, for a person: all of whose institutions the keeper keeps."""
    if official is None:
        return keeps_forum(by, None)
    tenures = official.tenures.select_related("institution__region")
    return keeps_forum(by, None) and all(keeps_tenure(by, tenure) for tenure in tenures)


@rules.predicate
def is_self(by: Actor, user: Any = None) -> bool:
    """The account's own holder."""
    return user is not None and getattr(by, "pk", None) == user.pk


rules.add_perm("people.view_forum", reads_forum)
rules.add_perm("people.view_official", reads_official)
rules.add_perm("people.keep_forum", keeps_forum)
rules.add_perm("people.view_tenure", reads_tenure)
rules.add_perm("people.keep_institution", keeps_institution)
rules.add_perm("people.keep_tenure", keeps_tenure)
rules.add_perm("people.keep_official", keeps_official)
rules.add_perm("people.view_grant", reads_grant)
rules.add_perm("people.revoke_role", revokes_grant)
rules.add_perm("people.view_user", reads_users)
rules.add_perm("people.change_user", administers_user)
rules.add_perm("people.change_own", is_self)
rules.add_perm("people.set_password", is_self | administers_user)
rules.add_perm("people.grant_role", administers_scope)
