"""The only writers of institutions, officials, users and roles."""

from .forum import save_institution, save_official, save_tenure
from .users import (
    create_user,
    edit_user,
    grant_role,
    revoke_role,
    set_language,
    set_password,
)

__all__ = [
    "create_user",
    "edit_user",
    "grant_role",
    "revoke_role",
    "save_institution",
    "save_official",
    "save_tenure",
    "set_language",
    "set_password",
]
