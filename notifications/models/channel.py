from django.db import models
from django.db.models import F, Q

from notifications.models.address import address_key
from notifications.models.subscriber import Subscriber


class ChannelQuerySet(models.QuerySet["Channel"]):
    def active(self) -> "ChannelQuerySet":
        return self.filter(state=Channel.State.ACTIVE)

    def living(self) -> "ChannelQuerySet":
        """Those that have not ended; a mailbox has at most one."""
        return self.exclude(state=Channel.State.ENDED)

    def by_mail(self) -> "ChannelQuerySet":
        return self.filter(kind=Channel.Kind.EMAIL)

    def by_other_ways(self) -> "ChannelQuerySet":
        return self.exclude(kind=Channel.Kind.EMAIL)

    def at_address(self, address: str) -> "ChannelQuerySet":
        """Those of this mailbox, however it is spelled. Raises ValueError for no address."""
        return self.filter(kind=Channel.Kind.EMAIL, address_key=address_key(address))

    def of_the_reader_of(self, channel: "Channel") -> "ChannelQuerySet":
        """All that belong to one reader; what his mailbox had before, too."""
        same_mailbox = Q(kind=channel.kind, address_key=channel.address_key)
        return self.filter(Q(subscriber=channel.subscriber_id) | same_mailbox)

    def end_for_good(self) -> int:
        """End them, revoke their tokens and keep no address."""
        return self.update(
            state=Channel.State.ENDED,
            address="",
            secret="",
            disabled_reason="",
            failures=0,
            failing_since=None,
            version=F("version") + 1,
        )


class Channel(models.Model):
    """A way to reach a subscriber.

    To one that is not active goes only the question whether its owner wants this.
    `version` is part of every token that we sign for it: counting it up revokes them all.
    `address_key` outlives the address, which is emptied when a channel ends for good.
    `secret` is what messages to it are signed or sealed with. `failures` counts refusals that
    may pass, since `failing_since`; whoever takes a message sets both back.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", "e-mail"
        WEBHOOK = "webhook", "webhook"
        BROADCAST = "broadcast", "chat service of the operator"

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "not confirmed"
        ACTIVE = "active", "active"
        DISABLED = "disabled", "disabled: it takes nothing"
        ENDED = "ended", "ended"

    subscriber = models.ForeignKey(Subscriber, models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.EMAIL)
    address = models.CharField(max_length=500, blank=True)
    address_key = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=11, choices=State.choices, default=State.UNCONFIRMED)
    secret = models.CharField(max_length=200, blank=True, default="", editable=False)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    disabled_reason = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="channel_one_living",
                fields=["kind", "address_key"],
                condition=~Q(state="ended"),
            ),
            models.CheckConstraint(
                name="channel_active_is_confirmed",
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="channel_living_has_address",
                condition=Q(state="ended") | ~Q(address=""),
            ),
        ]

        indexes = [
            # Few among many: to look for them must not mean to look at all.
            models.Index(name="channel_other_way", fields=["id"], condition=~Q(kind="email")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} channel {self.pk}"

    @property
    def circuit(self) -> str:
        return circuit_of(self.kind, self.pk, self.address)


def circuit_of(kind: str, pk: int, address: str) -> str:
    """The name of the circuit that opens when the receiving side does not want us.

    Mailboxes of one domain share it; what is no mailbox has a far side of its own.
    """
    if kind == Channel.Kind.EMAIL:
        return f"to:{address.rpartition('@')[2]}"
    return f"channel:{pk}"
