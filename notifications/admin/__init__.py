"""Where editors see who would be told, and operators what became of each mail."""

from notifications.admin.rows import (
    ChannelAdmin,
    CircuitAdmin,
    DeliveryAdmin,
    HeartbeatAdmin,
    NotificationAdmin,
    ReminderPlanAdmin,
    SubscriberAdmin,
    SubscriptionAdmin,
    SuppressionAdmin,
)

__all__ = [
    "ChannelAdmin",
    "CircuitAdmin",
    "DeliveryAdmin",
    "HeartbeatAdmin",
    "NotificationAdmin",
    "ReminderPlanAdmin",
    "SubscriberAdmin",
    "SubscriptionAdmin",
    "SuppressionAdmin",
]
