"""From a delivery to what leaves: one draft for all of a variant, one envelope for each reader."""

from collections import OrderedDict
from datetime import datetime
from functools import cache

from django.urls import reverse

from notifications import digesting, messages, signing
from notifications.loads import Load, Reader
from notifications.models import Notification, Subscription
from timeline.models import Revision

KEPT = 200  # drafts: each is a whole mail
WHYS_KEPT = 2000
Kind = Notification.Kind


class Press:
    """Drafts and what they are made of, kept while one sender works: rendered once for many."""

    def __init__(self) -> None:
        self.drafts: OrderedDict[object, messages.Draft] = OrderedDict()
        self.reader = Reader()
        self.turns = 0
        self.notifications: dict[int, Notification] = {}
        self.whys: dict[tuple[str, int | None], str] = {}

    def is_turn_of_others(self) -> bool:
        """Each eighth time: what goes other ways than mail does not wait for a million mails."""
        self.turns = (self.turns + 1) % 8
        return self.turns == 0

    def notification(self, pk: int) -> Notification:
        if pk not in self.notifications:
            if len(self.notifications) >= KEPT:
                self.notifications.clear()
            self.notifications[pk] = Notification.objects.with_what_is_said().get(pk=pk)
        return self.notifications[pk]

    def draft(self, load: Load, *, at: datetime) -> messages.Draft | None:
        """What it says; None if there is nothing to say any more."""
        notification = self.notification(load.notification)
        if notification.kind == Kind.DIGEST:  # its reader's alone
            return digest(load, notification, at=at)
        if load.variant not in self.drafts:
            if len(self.drafts) >= KEPT:
                self.drafts.popitem(last=False)
            self.drafts[load.variant] = messages.draft(
                notification,
                base=base_of(load),
                language=load.language,
                subject=load.subject,
            )
        return self.drafts[load.variant]

    def envelope(self, load: Load) -> messages.Envelope:
        made_at = load.first_attempt_at
        manage = signing.manage_token(load.key, made_at=made_at)
        return messages.Envelope(
            message_id=load.message_id,
            address=load.address,
            address_key=load.address_key,
            date=made_at,
            why=self.why(load),
            scope=load.scope or "",
            links=messages.Links(
                act=act_of(load, self.notification(load.notification)),
                manage=page("manage", manage),
            ),
            secret=load.secret,
        )

    def why(self, load: Load) -> str:
        """In the same words to all who follow the same."""
        if load.subscription is None or load.scope is None:
            return ""
        followed = load.scope, load.followed
        if followed not in self.whys:
            if len(self.whys) >= WHYS_KEPT:
                self.whys.clear()
            one = Subscription.objects.with_what_is_followed().get(pk=load.subscription)
            self.whys[followed] = messages.why(one)
        return self.whys[followed]


def digest(load: Load, notification: Notification, *, at: datetime) -> messages.Draft | None:
    sections = digesting.sections(load.pk, at=at)
    if not sections:
        return None
    return messages.digest_draft(
        notification, sections, language=load.language, subject=load.subject
    )


def base_of(load: Load) -> Revision | None:
    if load.base is None:
        return None
    return Revision.objects.select_related("statement__milestone", "milestone").get(pk=load.base)


def act_of(load: Load, notification: Notification) -> str:
    """What the reader can do with one click: begin, or agree, where that is the question."""
    if notification.kind == Kind.CONFIRM and load.subscription is not None:
        subscription = Subscription.objects.select_related("channel").get(pk=load.subscription)
        moment = datetime.fromisoformat(notification.payload["asked_at"])
        return page("confirm", signing.confirm_token(subscription, asked_at=moment))
    if notification.kind == Kind.ADDRESS:
        return page("address", address_token(load, notification))
    return page("unsubscribe", signing.unsubscribe_token(load.key, load.subscription))


def address_token(load: Load, notification: Notification) -> str:
    _, change_id, side = notification.key.split(":")
    return signing.address_token(
        load.key,
        change_id=int(change_id),
        side=side,
        asked_at=datetime.fromisoformat(notification.payload["asked_at"]),
    )


def page(name: str, token: str) -> str:
    before, after = _around_token(name)
    return f"{before}{token}{after}"


@cache
def _around_token(name: str) -> tuple[str, str]:
    before, _, after = reverse(f"notifications:{name}", args=["TOKEN"]).partition("TOKEN")
    return messages.absolute(before), after
