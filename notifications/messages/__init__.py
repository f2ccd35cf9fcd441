"""What a message says: facts frozen when it is noted, a draft for all, a finished mail for one."""

from notifications.messages.draft import Draft, draft
from notifications.messages.facts import change_facts, clean, reminder_facts
from notifications.messages.finished import finished, message_id, sender_address

__all__ = [
    "Draft",
    "change_facts",
    "clean",
    "draft",
    "finished",
    "message_id",
    "reminder_facts",
    "sender_address",
]
