"""Institutions, officials with tenure, users with roles."""

from .institution import Institution, Membership
from .official import Official, Tenure
from .user import Role, RoleGrant, User

__all__ = ["Institution", "Membership", "Official", "Role", "RoleGrant", "Tenure", "User"]
