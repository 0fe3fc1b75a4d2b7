"""The admin site, and the base of every admin page: the same rules and writers as elsewhere.

An admin page writes only through the actions it is given; a model without one is read-only.
What the reader may not open is not listed, searched or counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .authority import may

if TYPE_CHECKING:
    BaseForm = ModelForm[Any]
    BaseAdmin = admin.ModelAdmin[Any]
else:  # Django's own classes take no type argument when they run
    BaseForm = ModelForm
    BaseAdmin = admin.ModelAdmin


class Site(admin.AdminSite):
    """The admin behind the product's own sign-in page."""

    site_title = _("Administrasi Forkopimda")
    site_header = _("Administrasi Forkopimda")
    index_title = _("Data yang dikelola")
    enable_nav_sidebar = False

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sends to the product's sign-in page; whoever is signed in without the right is told."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("account_login")
        )

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Uses the product's own page, which stores by the action."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Uses the product's own sign-out, which asks before it ends the session."""
        return HttpResponseRedirect(reverse("account_logout"))


class ActionForm(BaseForm):
    """Stores by an action; `row` is what it stored."""

    row: Model

    def write(self) -> Model:
        """Calls the action; set by the admin page."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.row = self.write()
        except PermissionDenied:
            self.add_error(None, gettext("Anda tidak berhak melakukan ini di wilayah itu."))
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                for field, errors in error.error_dict.items():
                    self.add_error(field if field in self.fields else None, errors)
            else:
                self.add_error(None, error)


class ActionAdmin(BaseAdmin):
    """Shows a model to those who may read it and writes it through actions alone."""

    #: Names from the app's rules.py. Without one, nobody adds or changes.
    view_permission: ClassVar[str]
    add_permission: ClassVar[str | None] = None
    change_permission: ClassVar[str | None] = None
    delete_permission: ClassVar[str | None] = None

    list_per_page = 50
    show_full_result_count = False
    actions = None
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Only rows that the reader may open."""
        return self.model._default_manager.visible_to(request.user)

    def create(self, by: Any, data: dict[str, Any]) -> Model:
        """Calls the action that adds a row. `data` is the form's cleaned data."""
        raise NotImplementedError(f"{type(self).__name__} adds nothing")

    def edit(self, by: Any, row: Any, data: dict[str, Any]) -> Model:
        """Calls the action that changes a row."""
        raise NotImplementedError(f"{type(self).__name__} changes nothing")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the reader sees this model in the index."""
        return may(request.user, self.view_permission)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the app's rules."""
        return may(request.user, self.view_permission, obj)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the app's rules, where an action adds."""
        return bool(self.add_permission) and may(request.user, self.add_permission)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the app's rules, where an action changes."""
        return bool(self.change_permission) and may(request.user, self.change_permission, obj)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the app's rules, where an action removes; else never: records keep their history."""
        return bool(self.delete_permission) and may(request.user, self.delete_permission, obj)  # type: ignore[arg-type]

    def remove(self, by: Any, row: Any) -> None:
        """Calls the action that removes a row."""
        raise NotImplementedError(f"{type(self).__name__} removes nothing")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Hands the row to the action."""
        self.remove(request.user, obj)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Nothing: the action has left an audit record."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A form that calls the action as the last step of its validation.

        What the action refuses is then an error beside the field, with all that was typed kept.
        """
        base = super().get_form(request, obj, change=change, **kwargs)

        def write(form: ActionForm) -> Model:
            data = form.cleaned_data
            by = request.user
            return self.edit(by, form.instance, data) if change else self.create(by, data)

        return type(base.__name__, (ActionForm, base), {"write": write})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The row that the action has stored."""
        return form.row

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the action has stored the row."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: the action has written what belongs to the row."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the action has left an audit record."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the action has left an audit record."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The audit trail's entries on this row."""
        label = self.model._meta.label_lower
        query = urlencode({"q": f"{label}:{object_id}"})
        return HttpResponseRedirect(f"{reverse('admin:audit_auditevent_changelist')}?{query}")
