from notifications.models.address_change import AddressChange
from notifications.models.baseline import Baseline
from notifications.models.channel import Channel
from notifications.models.circuit import Circuit
from notifications.models.consent_event import ConsentEvent
from notifications.models.delivery import Delivery
from notifications.models.heartbeat import Heartbeat
from notifications.models.notification import Notification
from notifications.models.rate_bucket import RateBucket
from notifications.models.reminder_plan import PlannedRevision, ReminderPlan
from notifications.models.subscriber import Subscriber
from notifications.models.subscription import Subscription
from notifications.models.suppression import Suppression

__all__ = [
    "AddressChange",
    "Baseline",
    "Channel",
    "Circuit",
    "ConsentEvent",
    "Delivery",
    "Heartbeat",
    "Notification",
    "PlannedRevision",
    "RateBucket",
    "ReminderPlan",
    "Subscriber",
    "Subscription",
    "Suppression",
]
