"""One mail of each kind that there is, long words and Japanese among them."""

from notifications import messages, planning
from notifications.models import Notification, ReminderPlan
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, state
from tests.notifications.factories import NotificationFactory
from tests.notifications.messages.mails import SECOND, noted, told
from timeline import publishing
from timeline.models import Milestone

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def drafts():
    """A draft of each kind, by a name for it."""
    slip = told(milestone("ISSA-J1 launch"), "spring 2027", "autumn 2027", source=source(), **LATE)
    return {
        "change": messages.draft(slip),
        "change-japanese": messages.draft(slip, language="ja"),
        "change-stable": messages.draft(slip, subject="stable"),
        "change-long": messages.draft(told(long_milestone(), "2027", "30 July 2028, 17:40 IST")),
        "first": messages.draft(told(milestone("NISAR operations"), "2027")),
        "correction": correction(),
        "reminder": reminder(),
        "digest": digest("daily", "en"),
        "digest-japanese": digest("weekly", "ja"),
        "confirm": letter("confirm"),
        "address-old": letter("address", side="old", new_address="grace@example.org"),
        "address-new": letter("address", side="new", new_address="grace@example.org"),
        "manage": letter("manage"),
        "goodbye": letter("goodbye", reason="erased"),
    }


LATE = {"reason": "The launch vehicle's second stage must be qualified again."}


def source(**changed):
    named = {"publisher": "Astroscale", "title": "Update on ISSA-J1"}
    return SourceFactory(**(named | changed))


def milestone(title):
    return MilestoneFactory(title=title, programme=ProgrammeFactory(title="ISSA"))


def long_milestone():
    programme = ProgrammeFactory(title=LONG_WORD)
    return MilestoneFactory(title=f"月極域探査ミッション {LONG_WORD}", programme=programme)


def correction():
    launch = milestone("Chandrayaan-4 launch")
    state(launch, "autumn 2027", source=source(publisher="ISRO"), announce=False)
    paper = source(publisher="The Daily Rumour")
    rumour = state(launch, "2029", at=NOON + SECOND, source=paper).revision
    noted(rumour.announcements.get())
    reason = "It was about another satellite."
    withdrawn = publishing.withdraw(rumour.statement, at=NOON + 2 * SECOND, reason=reason)
    rumour.refresh_from_db()
    return messages.draft(noted(withdrawn.announcement), base=rumour)


def reminder():
    opening = milestone("LUPEX launch")
    state(opening, "spring 2027", source=source(publisher="JAXA"), announce=False)
    planning.plan(opening)
    plan = ReminderPlan.objects.get(milestone=opening, anchor="opens")
    planning.fire(plan, at=plan.fire_at)
    return messages.draft(Notification.objects.latest("pk"))


def digest(period, language):
    stated = {
        "ISSA-J1 launch": ["spring 2027", "autumn 2027"],
        "Sunrise landing": ["March 2027"],
        "APRSAF-33": ["November 2027", "cancelled"],
        f"Signing of {LONG_WORD}": ["2027", "TBD"],
    }
    sections = [section(milestone(title), *words) for title, words in stated.items()]
    payload = {"period": period, "on": "2026-11-20"}
    notification = NotificationFactory(kind="digest", milestone=None, payload=payload)
    return messages.digest_draft(notification, sections, language=language)


def section(one, *stated):
    revisions = [
        state(one, words, at=NOON + number * SECOND, source=source(), announce=False).revision
        for number, words in enumerate(stated)
    ]
    base = revisions[0] if len(revisions) > 1 else None
    return messages.Section(Milestone.objects.get(pk=one.pk), base, revisions[-1])


def letter(kind, **payload):
    payload |= {"asked_at": NOON.isoformat()}
    return messages.draft(NotificationFactory(kind=kind, milestone=None, payload=payload))
