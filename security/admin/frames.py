"""Frames of assessment in the admin: versions are read, drafted, edited and published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin
from forkopimda.lib.authority import may
from forkopimda.people.models import Role, User
from forkopimda.regions.models import Region

from .. import actions
from ..forms.frame import form_of, lines, own_fields, parts_of
from ..models import Frame, FrameState

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern

COUNTRY = "nasional"


class PlaceForm(forms.Form):
    """For which place a new version is."""

    place = forms.ChoiceField(label=_("Untuk wilayah"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # a choice field


@admin.register(Frame)
class FrameAdmin(ActionAdmin):
    """A published version is read; a draft is edited with its contents, then published."""

    view_permission = "security.view_frames"
    change_permission = "security.keep_frames"
    delete_permission = "security.keep_frames"
    list_display = ["name", "version", "place", "state", "published_at"]
    list_filter = ["state", "scheme"]
    list_select_related = ["region"]
    search_fields = ["name", "code", "region__name"]
    readonly_fields = ["code", "scheme", "place", "version", "state", "published_at", "contents"]

    @admin.display(description=_("wilayah"), ordering="region_id")
    def place(self, frame: Frame) -> str:
        """Where the version holds."""
        return _place(frame)

    @admin.display(description=_("isi"))
    def contents(self, frame: Frame) -> SafeString:
        """Dimensions and indicators with their weights, as a table."""
        words = render_to_string("admin/security/frame/contents.html", {"frame": frame})
        return mark_safe(words)  # noqa: S308  # a template's output, escaped there

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts alone are changed."""
        return super().has_change_permission(request, obj) and _is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts alone are discarded."""
        return super().has_delete_permission(request, obj) and _is_draft(obj)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The version with its contents."""
        frame = super().get_object(request, object_id, from_field)
        if frame is not None:
            prefetch_related_objects([frame], "dimensions__indicators")
        return frame

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Facts to read above; below, the contents: as a table, or a fieldset per dimension."""
        own = ["name", "note", ("medium_from", "high_from")]
        facts = ["code", "scheme", "place", "version", "state", "published_at"]
        if obj is None or not self.has_change_permission(request, obj):
            return [(None, {"fields": [*facts, *own, "contents"]})]
        return [
            (None, {"fields": [*facts, *own]}),
            *((title, {"fields": rows}) for title, rows in lines(obj)),
        ]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """For a draft, the form with a line for each of its parts."""
        if obj is not None and self.has_change_permission(request, obj):
            kwargs["form"] = form_of(obj)
        return super().get_form(request, obj, change=change, **kwargs)

    def edit(self, by: Any, row: Frame, data: dict[str, Any]) -> Frame:
        """Stores the draft's fields and contents."""
        return actions.edit_frame(
            by=by,
            frame=row,
            dimensions=parts_of(row, data),
            seen=data["seen"],
            **own_fields(data.items()),
        )

    def remove(self, by: Any, row: Frame) -> None:
        """Discards a draft."""
        actions.discard_frame(by=by, frame=row)

    def get_urls(self) -> list[URLPattern]:
        """The two pages of confirmation beside the admin's own."""
        own = [
            path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(view),
                name=f"security_frame_{name}",
            )
            for address, name, view in (
                ("versi-baru", "draft", self.draft_view),
                ("terbitkan", "publish", self.publish_view),
            )
        ]
        return [*own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Adds which tools the reader has on this version."""
        published = not _is_draft(kwargs["obj"])
        context |= {
            "may_draft": published and bool(_places(request, kwargs["obj"])),
            "may_publish": not published and self.has_change_permission(request, kwargs["obj"]),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for which place, then copies the version as a draft and opens it."""
        source = self._version(request, pk)
        places = _places(request, source)
        if not places:
            raise PermissionDenied
        form = PlaceForm(_sent(request), places=places, initial={"place": places[0][0]})

        def write() -> Frame:
            place = form.cleaned_data["place"]
            region = None if place == COUNTRY else Region.objects.get(pk=place)
            return actions.draft_frame(by=_user(request), source=source, region=region)

        return self._confirm(request, source, form, write, "draft")

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more, then puts the draft in force."""
        draft = self._version(request, pk)
        if not self.has_change_permission(request, draft):
            raise PermissionDenied

        def write() -> Frame:
            return actions.publish_frame(by=_user(request), frame=draft)

        return self._confirm(request, draft, forms.Form(_sent(request)), write, "publish")

    def _version(self, request: HttpRequest, pk: int) -> Frame:
        frame: Frame | None = self.get_object(request, str(pk))
        if frame is None:
            raise Http404
        return frame

    def _confirm(
        self,
        request: HttpRequest,
        frame: Frame,
        form: forms.Form,
        write: Callable[[], Frame],
        act: str,
    ) -> HttpResponse:
        if request.method == "POST" and form.is_valid():
            try:
                stored = write()
            except ValidationError as error:
                form.add_error(None, error)
            else:
                done = {
                    "draft": gettext("Konsep dibuat. Ubah isinya di bawah, lalu terbitkan."),
                    "publish": gettext("Versi baru berlaku."),
                }
                messages.success(request, done[act])
                return HttpResponseRedirect(
                    reverse("admin:security_frame_change", args=[stored.pk])
                )
        titles = {"draft": gettext("Buat versi baru"), "publish": gettext("Terbitkan")}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "frame": frame,
            "form": form,
            "title": titles[act],
            "act": act,
            "place": _place(frame),
        }
        status = 422 if form.errors else 200
        return render(request, "admin/security/frame/confirm.html", context, status=status)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)  # the admin lets nobody else in


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _is_draft(frame: Frame | None) -> bool:
    return frame is None or frame.state == FrameState.DRAFT


def _place(frame: Frame) -> str:
    return gettext("seluruh Indonesia") if frame.region is None else frame.region.title


def _places(request: HttpRequest, source: Frame) -> list[tuple[str, str]]:
    """Where the reader may put a new version: where the source holds, and their own regions."""
    by = _user(request)
    codes = list(by.access.scopes(Role.ADMINISTRATOR))
    if may(by, "security.keep_frames", source):
        codes.insert(0, source.region_id or "")
    names = {region.pk: region.title for region in Region.objects.filter(pk__in=codes)}
    names[""] = gettext("seluruh Indonesia")
    return [(code or COUNTRY, names[code]) for code in dict.fromkeys(codes)]
