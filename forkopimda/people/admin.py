"""Institutions, officials, tenures, users and roles in the admin, written by the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin
from forkopimda.regions.models import Region

from . import actions
from .models import Institution, Official, Role, RoleGrant, Tenure, User


@admin.register(Institution)
class InstitutionAdmin(ActionAdmin):
    """The forum's institutions."""

    view_permission = "people.view_forum"
    add_permission = change_permission = "people.keep_institution"
    list_display = ["name", "region", "head_title", "membership", "position"]
    list_filter = ["membership"]
    list_select_related = ["region"]
    search_fields = ["name", "code", "region__name"]
    autocomplete_fields = ["region"]
    fields = [
        "region",
        "code",
        "name",
        "head_title",
        "membership",
        "always_invited",
        "phone",
        "position",
    ]

    def create(self, by: Any, data: dict[str, Any]) -> Institution:
        """Adds an institution."""
        return actions.save_institution(by=by, **data)

    def edit(self, by: Any, row: Institution, data: dict[str, Any]) -> Institution:
        """Changes an institution."""
        return actions.save_institution(by=by, institution=row, **data)


@admin.register(Official)
class OfficialAdmin(ActionAdmin):
    """People in office."""

    view_permission = "people.view_official"
    add_permission = change_permission = "people.keep_official"
    list_display = ["name", "rank"]
    search_fields = ["name"]
    fields = ["name", "rank"]

    def create(self, by: Any, data: dict[str, Any]) -> Official:
        """Adds a person."""
        return actions.save_official(by=by, **data)

    def edit(self, by: Any, row: Official, data: dict[str, Any]) -> Official:
        """Changes a person's name or rank."""
        return actions.save_official(by=by, official=row, **data)


@admin.register(Tenure)
class TenureAdmin(ActionAdmin):
    """Who heads which institution, from when to when."""

    view_permission = "people.view_tenure"
    add_permission = change_permission = "people.keep_tenure"
    list_display = ["official", "title", "institution", "acting", "since", "until"]
    list_filter = ["acting"]
    list_select_related = ["official", "institution__region"]
    search_fields = ["official__name", "title", "institution__name"]
    autocomplete_fields = ["official", "institution"]
    fields = ["official", "institution", "title", "acting", "since", "until"]

    def create(self, by: Any, data: dict[str, Any]) -> Tenure:
        """Adds a tenure."""
        return actions.save_tenure(by=by, **data)

    def edit(self, by: Any, row: Tenure, data: dict[str, Any]) -> Tenure:
        """Changes a tenure."""
        return actions.save_tenure(by=by, tenure=row, **data)


class NewUserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new account with its first role."""

    password = forms.CharField(
        label=_("Kata sandi"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kosong: pemilik akun membuatnya sendiri lewat “Lupa kata sandi”."),
    )
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    region = forms.ModelChoiceField(
        label=_("Wilayah"),
        queryset=Region.objects.all(),
        required=False,
        help_text=_("Kosong: seluruh Indonesia"),
    )

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "institution", "language")


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account; its roles have a page of their own."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kosong: kata sandi tidak diganti."),
    )

    class Meta:
        model = User
        fields = ("display_name", "email", "institution", "language", "is_active")


@admin.register(User)
class UserAdmin(ActionAdmin):
    """Accounts: made, changed and switched off."""

    view_permission = "people.view_user"
    add_permission = change_permission = "people.change_user"
    list_display = ["username", "display_name", "institution", "email", "is_active", "last_login"]
    list_filter = ["is_active", "grants__role", "language"]
    list_select_related = ["institution"]
    search_fields = ["username", "display_name", "email"]
    autocomplete_fields = ["institution"]
    form = UserForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Its own form for a new account; regions offered are those where roles may be given."""
        if change:
            return super().get_form(request, obj, change=change, **kwargs)
        form = super().get_form(request, obj, change=change, **{**kwargs, "form": NewUserForm})
        widget = AutocompleteSelect(RoleGrant._meta.get_field("region"), self.admin_site)
        form.base_fields["region"].widget = widget
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All fields of the form in use."""
        if obj is None:
            return [*NewUserForm.Meta.fields, "password", "role", "region"]
        fields = [*UserForm.Meta.fields]
        return [*fields, "password"] if self.has_change_permission(request, obj) else fields

    def create(self, by: Any, data: dict[str, Any]) -> User:
        """Makes the account with its first role."""
        first = (data.pop("role"), data.pop("region"))
        password = data.pop("password") or None
        return actions.create_user(by=by, roles=[first], password=password, **data)

    def edit(self, by: Any, row: User, data: dict[str, Any]) -> User:
        """Changes the account, and its password where one was typed."""
        password = data.pop("password")
        row = User.objects.get(pk=row.pk)
        if password:
            actions.set_password(by=by, user=row, password=password)
        return actions.edit_user(by=by, user=row, **data)


@admin.register(RoleGrant)
class RoleGrantAdmin(ActionAdmin):
    """Roles in regions: given and taken back, never changed."""

    view_permission = "people.view_grant"
    add_permission = "people.grant_role"
    delete_permission = "people.revoke_role"
    list_display = ["user", "role", "region", "granted_at"]
    list_filter = ["role"]
    list_select_related = ["user", "region"]
    search_fields = ["user__username", "user__display_name", "region__name", "region__code"]
    autocomplete_fields = ["user", "region"]
    fields = ["user", "role", "region"]

    def create(self, by: Any, data: dict[str, Any]) -> RoleGrant:
        """Gives the role."""
        return actions.grant_role(by=by, **data)

    def remove(self, by: Any, row: RoleGrant) -> None:
        """Takes the role back."""
        actions.revoke_role(by=by, grant=row)
