"""The catalogue in the admin: legal kinds, sanctions and terms with all their versions, holidays.

Administrators keep it, auditors read it. Which lines the legal office has not confirmed is shown to
administrators alone, and only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin
from forkopimda.lib.authority import may
from forkopimda.people.models import User

from .. import actions
from ..models import ExtraHoliday, Sanction, Term, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from ..models.catalogue import Versioned

NOTICE = _(
    "Perubahan menjadi versi baru yang berlaku mulai hari ini; versi lama tetap tersimpan, dan "
    "perkara lama tetap menunjuk versinya. Isi yang diubah perlu dikonfirmasi lagi oleh bagian "
    "hukum."
)


class InForceFilter(admin.SimpleListFilter):
    """Versions in force; on request past ones, or all."""

    title = _("berlaku")
    parameter_name = "berlaku"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Beside the usual: in force."""
        return [("lama", _("versi lama")), ("semua", _("semua versi"))]

    def choices(self, changelist: Any) -> Any:
        """The usual one says what it is."""
        first, *others = super().choices(changelist)
        yield first | {"display": _("berlaku sekarang")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The versions of the choice."""
        if self.value() == "semua":
            return queryset
        return queryset.filter(valid_to__isnull=self.value() != "lama")


class VersionedAdmin(ActionAdmin):
    """One line: the version in force is changed by a next one, past ones are read."""

    view_permission = "asn_neutrality.view_catalogue"
    add_permission: ClassVar[str | None] = "asn_neutrality.keep_catalogue"
    change_permission = "asn_neutrality.keep_catalogue"
    actions: Any = ["confirm", "end"]
    #: What an administrator writes; the rest follows.
    own: ClassVar[tuple[str, ...]] = ()
    facts = ("legal_state", "valid_from", "valid_to", "changed_by", "changed_at")
    #: What administrators alone are shown.
    flags = frozenset({"legal_state", "is_confirmed"})

    @admin.display(description=_("bagian hukum"), ordering="is_confirmed")
    def legal_state(self, line: Versioned) -> str:
        """Whether the legal office has confirmed it, in words."""
        return gettext("dikonfirmasi") if line.is_confirmed else gettext("perlu konfirmasi")

    @admin.display(description=_("dasar hukum"))
    def known_basis(self, line: Versioned) -> str:
        """The legal basis, where it was confirmed."""
        return line.legal_basis if line.is_confirmed else ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions in force alone are changed."""
        return super().has_change_permission(request, obj) and (obj is None or obj.valid_to is None)

    def get_list_display(self, request: HttpRequest) -> Any:
        """The columns that the reader is shown."""
        return self._shown(request, super().get_list_display(request))

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The filters that the reader is shown."""
        return self._shown(request, super().get_list_filter(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is written above; below, what is known of a stored version."""
        notice = NOTICE if self.has_change_permission(request) else ""
        shown = [(None, {"fields": self._own(request), "description": notice})]
        facts = self._shown(request, self.facts)
        return [*shown, (_("Versi"), {"fields": facts})] if obj else shown

    def _own(self, request: HttpRequest) -> list[str]:
        """The line's own fields. Who is not shown whether a basis was confirmed is shown only one
        that was: the rest is not to be taken for law."""
        keeps = may(cast(User, request.user), "asn_neutrality.keep_catalogue")
        hidden = {} if keeps else {"legal_basis": "known_basis"}
        return [hidden.get(name, name) for name in self.own]

    def _shown(self, request: HttpRequest, names: Iterable[Any]) -> list[Any]:
        keeps = may(cast(User, request.user), "asn_neutrality.keep_catalogue")
        return [name for name in names if keeps or name not in self.flags]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A code stays what it is."""
        return (*self.facts, "known_basis", *(("code",) if obj else ()))

    def create(self, by: Any, data: dict[str, Any]) -> Versioned:
        """The first version of a code."""
        return actions.add_line(by=by, model=self.model, fields=data)

    def edit(self, by: Any, row: Any, data: dict[str, Any]) -> Versioned:
        """The next version."""
        return actions.change_line(by=by, line=row, fields=data)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """On to the new version, or back to the list."""
        self.message_user(request, gettext("Disimpan: %(line)s.") % {"line": obj})
        if "_continue" in request.POST:
            opts = self.opts
            return redirect(f"admin:{opts.app_label}_{opts.model_name}_change", obj.pk)
        return self.response_post_save_change(request, obj)

    @admin.action(description=_("Tandai sudah dikonfirmasi bagian hukum"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Confirms the chosen lines."""
        self._each(request, queryset, lambda by, line: actions.confirm_line(by=by, line=line))

    @admin.action(description=_("Akhiri tanpa pengganti"), permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Ends the chosen lines; the same code can be added again."""
        self._each(request, queryset, lambda by, line: actions.end_line(by=by, line=line))

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        write: Callable[[User, Versioned], Versioned],
    ) -> None:
        """Does it with each chosen line; says of which it could not be done, and why."""
        done = 0
        for line in queryset:
            try:
                write(cast(User, request.user), line)
                done += 1
            except ValidationError as error:
                self.message_user(request, f"{line}: {error.messages[0]}", messages.ERROR)
        if done:
            words = ngettext("%(count)s baris disimpan.", "%(count)s baris disimpan.", done)
            self.message_user(request, words % {"count": done}, messages.SUCCESS)


@admin.register(Violation)
class ViolationAdmin(VersionedAdmin):
    """Legal kinds."""

    own = (
        "code",
        "label_id",
        "label_en",
        "violation_class",
        "sanction_from",
        "sanction_to",
        "legal_basis",
    )
    list_display = ["code", "label", "violation_class", "legal_state", "valid_from", "valid_to"]
    list_display_links = ["code", "label"]
    list_filter = [InForceFilter, "is_confirmed", "violation_class"]
    search_fields = ["code", "label_id", "label_en", "legal_basis"]


@admin.register(Sanction)
class SanctionAdmin(VersionedAdmin):
    """Sanctions."""

    own = ("code", "label_id", "label_en", "sanction_class", "legal_basis")
    list_display = ["code", "label", "sanction_class", "legal_state", "valid_from", "valid_to"]
    list_display_links = ["code", "label"]
    list_filter = [InForceFilter, "is_confirmed", "sanction_class"]
    search_fields = ["code", "label_id", "label_en", "legal_basis"]


@admin.register(Term)
class TermAdmin(VersionedAdmin):
    """Terms of steps. There is one for each step, and one for erasure; none is added or ended."""

    add_permission = None
    actions = ["confirm"]
    own = ("subject", "days", "day_kind", "remind_before", "escalate_after", "legal_basis")
    list_display = ["subject", "days", "day_kind", "legal_state", "valid_from", "valid_to"]
    list_filter = [InForceFilter, "is_confirmed", "day_kind"]
    search_fields = ["code", "legal_basis"]

    @admin.display(description=_("langkah"), ordering="code")
    def subject(self, term: Term) -> str:
        """What it is the term of."""
        return term.subject

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Which step it is for stays."""
        return (*super().get_readonly_fields(request, obj), "subject")


@admin.register(ExtraHoliday)
class ExtraHolidayAdmin(ActionAdmin):
    """Days off that the national calendar does not know: entered or removed, not changed."""

    view_permission = "asn_neutrality.view_catalogue"
    add_permission = delete_permission = "asn_neutrality.keep_catalogue"
    list_display = ["day", "name"]
    search_fields = ["name"]
    date_hierarchy = "day"

    def create(self, by: Any, data: dict[str, Any]) -> ExtraHoliday:
        """A day off."""
        return actions.add_holiday(by=by, **data)

    def remove(self, by: Any, row: ExtraHoliday) -> None:
        """Removes it."""
        actions.remove_holiday(by=by, holiday=row)

    def get_actions(self, request: HttpRequest) -> Any:
        """Removed one by one, on the page of each."""
        return {}
