"""Who follows what, and what became of each mail: to look at, not to change."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from notifications import suppressing
from notifications.admin import outbox
from notifications.forms.suppress import SuppressForm
from notifications.models import (
    Channel,
    Circuit,
    Delivery,
    Heartbeat,
    Notification,
    ReminderPlan,
    Subscriber,
    Subscription,
    Suppression,
)
from notifications.models.address import address_key
from timeline.admin.kept import ReadAdmin, TimelineAdmin


@admin.register(Notification)
class NotificationAdmin(ReadAdmin):
    list_display = ["key", "kind", "milestone", "state", "noted_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["milestone"]
    search_fields = ["key", "milestone__title"]
    ordering = ["-noted_at"]

    def get_urls(self) -> list[URLPattern]:
        return outbox.urls() + super().get_urls()


@admin.register(Delivery)
class DeliveryAdmin(ReadAdmin):
    list_display = [
        "notification",
        "channel",
        "state",
        "attempts",
        "next_attempt_at",
        "sent_at",
        "reply_code",
        "reply_text",
        "skip_reason",
    ]
    list_filter = ["state", "skip_reason", "notification__kind"]
    list_select_related = ["notification", "channel"]
    search_fields = ["channel__address", "notification__key"]
    ordering = ["-pk"]


class SubscriptionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Subscription
    fields = readonly_fields = (
        "scope",
        "follows",
        "reminders",
        "confirmed_at",
        "ended_at",
        "ended_reason",
    )
    can_delete = False
    extra = 0

    def has_add_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False


@admin.register(Channel)
class ChannelAdmin(ReadAdmin):
    list_display = [
        "address",
        "kind",
        "state",
        "failures",
        "disabled_reason",
        "created_at",
        "confirmed_at",
    ]
    list_filter = ["kind", "state"]
    search_fields = ["address"]
    ordering = ["-created_at"]
    inlines = [SubscriptionInline]


@admin.register(Subscriber)
class SubscriberAdmin(ReadAdmin):
    list_display = ["__str__", "addresses", "created_at"]
    search_fields = ["channels__address"]
    ordering = ["-created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).prefetch_related("channels")

    def addresses(self, subscriber: Subscriber) -> str:
        return ", ".join(channel.address for channel in subscriber.channels.all())


@admin.register(Subscription)
class SubscriptionAdmin(ReadAdmin):
    list_display = ["address", "scope", "follows", "reminders", "confirmed_at", "ended_at"]
    list_filter = ["scope", "reminders", "ended_reason"]
    list_select_related = ["channel", "milestone", "tag", "programme", "organisation"]
    search_fields = ["channel__address", "milestone__title", "programme__title", "tag__name"]
    ordering = ["-created_at"]

    @admin.display(ordering="channel__address")
    def address(self, subscription: Subscription) -> str:
        return subscription.channel.address


@admin.register(Suppression)
class SuppressionAdmin(TimelineAdmin):
    """Found by the whole address only: it is kept as a key. Deleting one lets its owner ask again.

    None is changed: what is added by hand is for whoever complained in a letter.
    """

    form = SuppressForm
    actions = None
    list_display = ["__str__", "reason", "since"]
    list_filter = ["reason"]
    search_fields = ["address_key"]
    search_help_text = "The whole address."
    ordering = ["-since"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        try:
            search_term = address_key(search_term) if search_term else ""
        except ValueError:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        return False

    def get_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return ["address", "reason"] if obj is None else ["reason", "since"]

    def save_model(self, _request: HttpRequest, obj: Model, form: Any, *_change: bool) -> None:
        written = form.cleaned_data
        reason = Suppression.Reason(written["reason"])
        obj.pk = suppressing.suppress(written["address"], reason, at=timezone.now()).pk


@admin.register(ReminderPlan)
class ReminderPlanAdmin(ReadAdmin):
    list_display = ["milestone", "anchor", "fire_at", "state"]
    list_filter = ["state"]
    list_select_related = ["milestone"]
    search_fields = ["milestone__title"]
    ordering = ["fire_at"]


@admin.register(Circuit)
class CircuitAdmin(ReadAdmin):
    list_display = ["name", "since", "failures", "retry_at", "reply"]
    ordering = ["-since"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadAdmin):
    list_display = ["name", "at", "info"]
    ordering = ["name"]
