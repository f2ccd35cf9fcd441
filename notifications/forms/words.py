"""What a reader has chosen, in a line that is understood at a glance."""

from notifications.forms.flags import in_words
from notifications.models import Subscriber, Subscription
from notifications.wishes import USUAL_NEWS, USUAL_REMINDERS, News, Reminders

FEW = 3
MOST_A_DAY = 50  # mails; more than a reader may ask for is no limit
NEWS = {
    News.LATER: "moved later",
    News.EARLIER: "moved earlier",
    News.FIRMER: "firmer date",
    News.VAGUER: "vaguer date",
    News.FIRST_DATED: "first date",
    News.UNDATED: "no date any more",
    News.CANCELLED: "cancelled",
    News.REINSTATED: "back on",
    News.HAPPENED: "happened",
    News.REFINED: "small refinements",
}
REMINDERS = {
    Reminders.MONTH_AHEAD: "a month or more ahead",
    Reminders.WEEK_AHEAD: "a week ahead",
    Reminders.DAY_AHEAD: "the day before",
    Reminders.HOUR_AHEAD: "an hour ahead",
    Reminders.BEGINS: "when its window opens",
    Reminders.CLOSES: "before its window closes",
    Reminders.STILL_OPEN: "still open after a month",
    Reminders.OVERDUE: "passed without news",
}
GROUPS: dict[str, str] = {
    Subscription.Scope.TAG: "Tag",
    Subscription.Scope.PROGRAMME: "Programme",
    Subscription.Scope.ORGANISATION: "Organisation",
}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Cadence = Subscription.Cadence


def hour_words(hour: int) -> str:
    return f"{hour:02}:00"


def cadence_words(subscriber: Subscriber) -> dict[str, str]:
    """How often, with the hour and the day that he chose."""
    hour = hour_words(subscriber.digest_hour)
    day = WEEKDAYS[subscriber.digest_weekday - 1]
    return {
        Cadence.AT_ONCE: "At once",
        Cadence.DAILY: f"Daily, at {hour}",
        Cadence.WEEKLY: f"Weekly, on {day} at {hour}",
    }


def wishes_words(subscription: Subscription, subscriber: Subscriber) -> str:
    """Such as "At once · moved by 7 days or more · reminders"."""
    if subscription.cadence == Cadence.MUTED:
        return "Muted: nothing of this is sent"
    news = [
        cadence_words(subscriber)[subscription.cadence],
        *kinds_words(subscription.kinds),
        days_words(subscription.min_days),
    ]
    parts = [
        GROUPS.get(subscription.scope, ""),
        *(news if subscription.kinds else ["no news"]),
        reminders_words(subscription),
    ]
    return " · ".join(part for part in parts if part)


def kinds_words(kinds: int) -> list[str]:
    """How they differ from the usual ones."""
    if kinds == USUAL_NEWS:
        return []
    chosen, left_out = in_words(kinds, NEWS), in_words(USUAL_NEWS & ~kinds, NEWS)
    if len(chosen) <= FEW:
        return ["only: " + ", ".join(chosen)]
    without = ["without: " + ", ".join(left_out)] if 0 < len(left_out) <= FEW else []
    if len(left_out) > FEW:
        without = [f"{len(chosen)} of {len(NEWS)} kinds of news"]
    return without + (["also small refinements"] if kinds & News.REFINED else [])


def days_words(days: int) -> str:
    if not days:
        return ""
    return f"moved by {days} day{'s' if days > 1 else ''} or more"


def reminders_words(subscription: Subscription) -> str:
    if not subscription.reminders:
        return "no reminders"
    chosen = in_words(subscription.reminder_kinds, REMINDERS)
    if subscription.reminder_kinds == USUAL_REMINDERS:
        return "reminders"
    if len(chosen) <= FEW:
        return "reminders: " + ", ".join(chosen)
    return f"{len(chosen)} of {len(REMINDERS)} reminders"


def suiting_words(subscriber: Subscriber) -> str:
    """Such as "Asia/Tokyo · collected at 08:00, on Monday · quiet 22:00 to 07:00"."""
    parts = [
        subscriber.time_zone,
        f"collected mails at {hour_words(subscriber.digest_hour)}",
        f"weekly ones on {WEEKDAYS[subscriber.digest_weekday - 1]}",
        quiet_words(subscriber),
        f"dates in {subscriber.get_language_display()}",
        f"at most {subscriber.daily_cap} a day" if subscriber.daily_cap <= MOST_A_DAY else "",
    ]
    return " · ".join(part for part in parts if part)


def quiet_words(subscriber: Subscriber) -> str:
    if subscriber.quiet_from is None or subscriber.quiet_to is None:
        return ""
    return f"quiet {hour_words(subscriber.quiet_from)} to {hour_words(subscriber.quiet_to)}"
