"""Who acts, over which regions, and the one question before every write: may they?

A region is its code, and a subtree of regions is a prefix of codes ("12.19" holds "12.19.08").
The empty prefix is the whole country. Codes have parts of fixed width, so a prefix that is a
whole code can't match a neighbour by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import rules
from django.core.exceptions import PermissionDenied

REGENCY_LENGTH = len("12.19")


@dataclass(frozen=True)
class Grant:
    """One role in one region: `code` is the region's code, empty for the whole country."""

    role: str
    code: str


@dataclass(frozen=True)
class Access:
    """All roles of one person, asked in memory."""

    grants: tuple[Grant, ...] = ()
    time_zone: str | None = field(default=None, compare=False)

    def holds(self, *roles: str) -> bool:
        """Whether the person has one of these roles in any region."""
        return any(grant.role in roles for grant in self.grants)

    def covers(self, code: str, *roles: str) -> bool:
        """Whether one of these roles is held in the region `code` or in one that contains it."""
        return any(grant.role in roles and code.startswith(grant.code) for grant in self.grants)

    def scopes(self, *roles: str) -> tuple[str, ...]:
        """Code prefixes where one of these roles is held; of nested ones only the widest."""
        codes = {grant.code for grant in self.grants if grant.role in roles}
        return _widest(codes)

    def reads(self) -> tuple[str, ...]:
        """Code prefixes whose shared picture (levels, map) the person may read.

        Whoever serves in a kecamatan reads the whole regency around it: neighbours matter to
        security, and the forum that shares the picture is the regency's.
        """
        return _widest({grant.code[:REGENCY_LENGTH] for grant in self.grants})

    def may_read(self, code: str) -> bool:
        """Whether the shared picture of the region `code` is open to the person."""
        return any(code.startswith(prefix) for prefix in self.reads())

    def home(self) -> str | None:
        """Code of the region whose dashboard is the person's first page; empty: the country."""
        prefixes = self.reads()
        return min(prefixes, key=lambda code: (len(code), code)) if prefixes else None


def _widest(codes: set[str]) -> tuple[str, ...]:
    return tuple(
        sorted(
            code
            for code in codes
            if not any(code != other and code.startswith(other) for other in codes)
        )
    )


class Actor(Protocol):
    """Whoever acts: a signed-in user or the system itself."""

    @property
    def access(self) -> Access:
        """The actor's roles."""

    def get_username(self) -> str:
        """The name that audit records keep."""


class System:
    """The product itself, acting by schedule or by a command that an operator runs."""

    access = Access()

    def get_username(self) -> str:
        """The name that audit records keep."""
        return "sistem"


SYSTEM = System()


def may(by: Actor, permission: str, subject: Any = None) -> bool:
    """Whether `by` may do `permission` (a name from an app's rules.py) to `subject`."""
    if isinstance(by, System):
        return True
    return bool(rules.has_perm(permission, by, subject))


def require(by: Actor, permission: str, subject: Any = None) -> None:
    """Raises PermissionDenied unless `may` says yes. Every action asks this first."""
    if not may(by, permission, subject):
        raise PermissionDenied(permission)
