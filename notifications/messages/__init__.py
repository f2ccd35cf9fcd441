"""What a message says: facts frozen when it is noted, a draft for all, a finished mail for one."""

from notifications.messages.cleaning import clean
from notifications.messages.digest import Section, digest_draft
from notifications.messages.draft import Draft, draft
from notifications.messages.envelope import Envelope, Links, why
from notifications.messages.facts import change_facts, reminder_facts
from notifications.messages.finished import finished
from notifications.messages.headers import message_id, sender_address
from notifications.messages.links import absolute

__all__ = [
    "Draft",
    "Envelope",
    "Links",
    "Section",
    "absolute",
    "change_facts",
    "clean",
    "digest_draft",
    "draft",
    "finished",
    "message_id",
    "reminder_facts",
    "sender_address",
    "why",
]
