"""Users, and the roles they hold in regions. There is no superuser: a role says it all."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.management.base import CommandError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.authority import Access, Actor, Grant, may
from forkopimda.lib.guard import GuardedModel, GuardedQuerySet, check_writing
from forkopimda.regions.models import Region, under

from .institution import Institution

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Role(models.TextChoices):
    """What a person does here. Each role is held in a region and all that lies in it."""

    VIEWER = "viewer", _("Pejabat")
    POLICE_OPERATOR = "police_operator", _("Operator polisi (Polsek)")
    POLICE_APPROVER = "police_approver", _("Penyelia polisi (Polres)")
    SECRETARIAT = "secretariat", _("Sekretariat (Kesbangpol)")
    ASN_EXAMINER = "asn_examiner", _("Pemeriksa netralitas ASN")
    ELECTION_OFFICER = "election_officer", _("Petugas pemilihan")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


STAFF_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR)

#: What Django itself writes when somebody signs in: the time, and a hash by newer parameters.
SIGN_IN_FIELDS = {"last_login", "password"}


class UserQuerySet(GuardedQuerySet):
    """Queries on users."""

    def visible_to(self, by: Actor) -> UserQuerySet:
        """Users with a role in the regions that the reader administers or audits."""
        scopes = by.access.scopes(*STAFF_ROLES)
        if "" in scopes:
            return self
        return self.filter(
            grants__in=RoleGrant.objects.filter(under("region_id", scopes))
        ).distinct()


class UserManager(BaseUserManager["User"]):
    """Makes users for Django's own commands; everything else goes through actions."""

    def get_queryset(self) -> UserQuerySet:
        """Guarded like every other."""
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, by: Actor) -> UserQuerySet:
        """See UserQuerySet."""
        return self.get_queryset().visible_to(by)

    def create_superuser(self, *_args: Any, **_kwargs: Any) -> User:
        """There is no superuser; says which command makes an administrator."""
        raise CommandError("there is no superuser here: use create_administrator")


class User(AbstractBaseUser):
    """A person or a post that signs in. Demo accounts are posts."""

    username = models.CharField(
        _("nama pengguna"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Nama pengguna ini sudah dipakai.")},
    )
    email = models.EmailField(_("surel"), blank=True)
    display_name = models.CharField(_("nama tampilan"), max_length=120)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("lembaga"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
    )
    language = models.CharField(
        _("bahasa"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    date_joined = models.DateTimeField(_("dibuat"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    if TYPE_CHECKING:
        grants: RelatedManager[RoleGrant]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = pgettext_lazy("jamak", "pengguna")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                condition=~models.Q(email=""),
                violation_error_message=_("Alamat surel ini sudah dipakai."),
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def held_grants(self) -> list[RoleGrant]:
        """The roles held, with their regions up to the regency; read once per request."""
        return list(self.grants.select_related("region__parent__parent"))

    @cached_property
    def access(self) -> Access:
        """All roles of this user (one query per request)."""
        if not self.is_active:
            return Access()
        zones = [grant.region.time_zone for grant in self.held_grants if grant.region]
        return Access(
            grants=tuple(Grant(grant.role, grant.region_id or "") for grant in self.held_grants),
            time_zone=zones[0] if zones else None,
        )

    @property
    def home_region(self) -> Region | None:
        """The region of the user's own dashboard; None: the country, or no role at all."""
        home = self.access.home()
        for grant in self.held_grants:
            region = grant.region
            while region is not None:
                if region.pk == home:
                    return region
                region = region.parent
        return None

    @property
    def is_staff(self) -> bool:
        """Whether the admin is open to this user: to administrators and auditors."""
        return self.access.holds(*STAFF_ROLES)

    def has_perm(self, permission: str, subject: Any = None) -> bool:
        """Django's question, answered by the rules of the apps alone."""
        return rules.perm_exists(permission) and may(self, permission, subject)

    def has_module_perms(self, _app_label: str) -> bool:
        """Whether an app may appear in the admin; each of its pages asks its own rule."""
        return self.is_staff

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row, inside an action only, but for what Django notes at sign-in."""
        fields = kwargs.get("update_fields")
        if fields is None or not set(fields) <= SIGN_IN_FIELDS:
            check_writing(User)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Removes the row, inside an action only."""
        check_writing(User)
        return super().delete(*args, **kwargs)


class RoleGrantQuerySet(GuardedQuerySet):
    """Queries on roles held."""

    def visible_to(self, by: Actor) -> RoleGrantQuerySet:
        """Roles held in the regions that the reader administers or audits."""
        scopes = by.access.scopes(*STAFF_ROLES)
        return self if "" in scopes else self.filter(under("region_id", scopes))


class RoleGrant(GuardedModel):
    """A user holds a role in a region; without a region, in the whole country."""

    user = models.ForeignKey(
        User, verbose_name=_("pengguna"), on_delete=models.CASCADE, related_name="grants"
    )
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region = models.ForeignKey(
        Region,
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_grants",
        help_text=_("kosong: seluruh Indonesia"),
    )
    granted_at = models.DateTimeField(_("diberikan"), auto_now_add=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("peran dalam wilayah")
        verbose_name_plural = pgettext_lazy("jamak", "peran dalam wilayah")
        ordering = ["user", "role", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "region"],
                name="role_once_per_region",
                nulls_distinct=False,
                violation_error_message=_("Pengguna ini sudah memegang peran itu di sana."),
            )
        ]
        indexes = [models.Index(fields=["region", "role"], name="rolegrant_region_role")]

    def __str__(self) -> str:
        place = self.region.title if self.region else _("seluruh Indonesia")
        return f"{self.get_role_display()}, {place}"
