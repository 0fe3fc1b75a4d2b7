"""Writers of users and of the roles they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.regions.models import Region

from ..models import Institution, Role, RoleGrant, User


@action
def create_user(
    *,
    by: Actor,
    username: str,
    display_name: str,
    roles: Sequence[tuple[str, Region | None]],
    email: str = "",
    password: str | None = None,
    institution: Institution | None = None,
    language: str = "id",
) -> User:
    """Makes an account with its first roles. Without a password nobody can sign in to it yet."""
    if not roles:
        raise ValidationError(_("Pilih sedikitnya satu peran dan wilayahnya."))
    for _role, region in roles:
        require(by, "people.grant_role", region.code if region else "")
    user = User(
        username=username,
        display_name=display_name,
        email=User.objects.normalize_email(email),
        institution=institution,
        language=language,
    )
    if password is None:
        user.set_unusable_password()
    else:
        _check_password(password, user)
        user.set_password(password)
    user.full_clean()
    user.save()
    record(by=by, act="people.create_user", target=user, region=_reach(roles), name=username)
    for role, region in roles:
        grant_role(by=by, user=user, role=role, region=region)
    return user


@action
def edit_user(*, by: Actor, user: User, **fields: Any) -> User:
    """Changes display_name, email, institution, language or is_active of an account."""
    require(by, "people.change_user", user)
    before = {name: str(getattr(user, name)) for name in fields}
    for name, value in fields.items():
        setattr(user, name, value)
    user.full_clean()
    user.save()
    record(
        by=by,
        act="people.edit_user",
        target=user,
        region=_home(user),
        name=user.username,
        before=before,
        after={name: str(value) for name, value in fields.items()},
    )
    return user


@action
def set_password(*, by: Actor, user: User, password: str) -> User:
    """Gives an account a new password, for its holder or for an administrator."""
    require(by, "people.set_password", user)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    record(by=by, act="people.set_password", target=user, region=_home(user), name=user.username)
    return user


@action
def set_language(*, by: User, language: str) -> User:
    """Stores the language in which its holder reads pages and gets mail."""
    require(by, "people.change_own", by)
    by.language = language
    by.full_clean()
    by.save()
    record(by=by, act="people.set_language", target=by, region=_home(by), language=language)
    return by


@action
def grant_role(*, by: Actor, user: User, role: str, region: Region | None) -> RoleGrant:
    """Gives a role in a region, or in the whole country when `region` is None."""
    require(by, "people.grant_role", region.code if region else "")
    grant = RoleGrant(user=user, role=role, region=region)
    grant.full_clean()
    grant.save()
    for cached in ("access", "held_grants"):
        user.__dict__.pop(cached, None)
    _record_role(by, "people.grant_role", grant)
    return grant


@action
def revoke_role(*, by: Actor, grant: RoleGrant) -> None:
    """Takes a role back. The audit trail keeps that it was held."""
    require(by, "people.revoke_role", grant)
    _record_role(by, "people.revoke_role", grant)
    grant.delete()


def _record_role(by: Actor, act: str, grant: RoleGrant) -> None:
    place = grant.region.title if grant.region else "Indonesia"
    record(
        by=by,
        act=act,
        target=grant.user,
        region=grant.region_id or "",
        name=grant.user.username,
        role=Role(grant.role).value,
        place=place,
    )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def _reach(roles: Sequence[tuple[str, Region | None]]) -> str:
    codes = [region.code if region else "" for _role, region in roles]
    return min(codes, key=len)


def _home(user: User) -> str:
    return user.access.home() or ""
