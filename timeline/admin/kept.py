"""What admin pages share: nothing with a history is deleted, and what is published is only read."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from timeline import publishing
from timeline.models import Edition, Milestone
from timeline.models.revision import Editor

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
else:
    AnyAdmin = admin.ModelAdmin


def editor_of(request: HttpRequest) -> Editor:
    return request.user if isinstance(request.user, AbstractBaseUser) else None


class TimelineAdmin(AnyAdmin):
    list_per_page = 50

    class Media:
        css = {"all": ["timeline/admin.css"]}


class EditedAdmin(TimelineAdmin):
    """Rows that editors write: locked while a form is saved, and kept once others lean on them.

    `instead` says what to do with a row that can no longer be deleted. A slug is made from
    `slug_from`, and fixed once something public has it in its address.
    """

    instead = ""
    slug_from = ""
    shown: tuple[str, ...] = ()  # the fields of it that the entries of calendars show
    told: tuple[str, ...] = ()  # those that feeds tell without an entry of now

    def shown_by(self, obj: Any) -> QuerySet[Milestone]:
        return Milestone.objects.none()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        changed = set(form.changed_data) if change else set()
        if changed & set(self.shown):
            publishing.publish_again(
                self.shown_by(obj).order_by("pk"),
                because=str(self.opts.model_name),
                at=timezone.now(),
                editor=editor_of(request),
            )
        if changed & set(self.told):
            Edition.objects.regrouped(at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """What showed it, or stood in a feed because of it, has changed by that."""
        showed, at = [*self.shown_by(obj).order_by("pk")], timezone.now()
        super().delete_model(request, obj)
        publishing.publish_again(
            showed, because=str(self.opts.model_name), at=at, editor=editor_of(request)
        )
        # Last: whoever publishes holds a milestone and then waits for the edition.
        Edition.objects.regrouped(at=at)

    def is_public(self, obj: Any) -> bool:
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> list[str]:
        return ["slug"] if obj is not None and self.is_public(obj) else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Any]:
        is_open = self.slug_from and not self.get_readonly_fields(request, obj)
        return {"slug": [self.slug_from]} if is_open else {}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        # Two who save at once come one after the other; the second sees what the first wrote.
        rows: QuerySet[Any] = self.model.objects.select_for_update()
        return rows.filter(pk=found.pk).first()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = super().get_object(request, object_id)
        if found is not None and self.has_delete_permission(request, found):
            *_, protected = self.get_deleted_objects([found], request)
            if protected:
                messages.error(request, f"“{found}” has a history and stays. {self.instead}")
                return redirect(f"admin:timeline_{self.opts.model_name}_change", object_id)
        return super().delete_view(request, object_id, extra_context)


class ReadAdmin(TimelineAdmin):
    """Rows that nobody edits, not even a superuser."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
