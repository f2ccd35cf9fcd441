from datetime import datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from notifications.models.channel import Channel
from notifications.wishes import USUAL_NEWS, USUAL_REMINDERS
from timeline.models import Milestone, Organisation, Programme, Tag


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def open(self) -> "SubscriptionQuerySet":
        """Those that have not ended, confirmed or not."""
        return self.filter(ended_at=None)

    def live(self) -> "SubscriptionQuerySet":
        """Those that are owed news: confirmed, not ended, on a channel that is active."""
        return self.open().filter(confirmed_at__isnull=False, channel__state=Channel.State.ACTIVE)

    def live_within(self, *, first: int, last: int) -> "SubscriptionQuerySet":
        """The live ones of channels with these numbers. Both tables are told the bounds.

        Else PostgreSQL reads all channels for each few thousand of them.
        """
        channels = Channel.objects.active().filter(pk__gte=first, pk__lte=last)
        return self.open().filter(
            Exists(channels.filter(pk=OuterRef("channel"))),
            confirmed_at__isnull=False,
            channel__gte=first,
            channel__lte=last,
        )

    def first_channel(self) -> int | None:
        return self.order_by("channel").values_list("channel", flat=True).first()

    def telling(self) -> "SubscriptionQuerySet":
        """Those that ask for news; one that is muted asks for none."""
        return self.exclude(cadence=Subscription.Cadence.MUTED)

    def with_what_is_followed(self) -> "SubscriptionQuerySet":
        return self.select_related("milestone", "tag", "programme", "organisation")

    def with_reminders(self, kind: int) -> "SubscriptionQuerySet":
        """Those that want this kind of reminder, a flag of `wishes.Reminders`."""
        asked = self.alias(asked=F("reminder_kinds").bitand(kind))
        return asked.filter(reminders=True, asked__gt=0)

    def wanting(self, kind: int, *, reach: int) -> "SubscriptionQuerySet":
        """Those that want this kind of news, a flag of `wishes.News`, of what moved so far."""
        return self.alias(asked=F("kinds").bitand(kind)).filter(asked__gt=0, min_days__lte=reach)

    def not_wanting(self, kind: int, *, reach: int) -> "SubscriptionQuerySet":
        """All but those, for which such news is too little or of no interest."""
        asked = self.alias(asked=F("kinds").bitand(kind))
        return asked.filter(Q(asked=0) | Q(min_days__gt=reach))

    def not_muting(self, milestone: Milestone) -> "SubscriptionQuerySet":
        """Those of channels that have not muted the milestone."""
        muted = Subscription.objects.open().filter(
            milestone=milestone, cadence=Subscription.Cadence.MUTED
        )
        return self.exclude(Exists(muted.filter(channel=OuterRef("channel"))))

    def following(self, milestone: Milestone) -> "SubscriptionQuerySet":
        """Those whose scope holds the milestone, of each channel the narrowest first.

        Databases are asked only of scopes that somebody follows: of one alone nothing has to
        be put in order.
        """
        holding = holding_scopes(milestone)
        followed = [one for one in holding if Subscription.objects.open().filter(one).exists()]
        if not followed:
            return self.none()
        breadth = [BREADTH] if len(followed) > 1 else []
        return self.filter(reduce(or_, followed)).order_by("channel", *breadth, "pk")

    def narrowest_first(self) -> "SubscriptionQuerySet":
        """Of each channel the narrowest scope first, the oldest of equals."""
        return self.order_by("channel", BREADTH, "pk")

    def like(self, other: "Subscription") -> "SubscriptionQuerySet":
        """Those to the same thing, as one that was ended and begun again."""
        return self.filter(scope=other.scope, **{name: getattr(other, name) for name in FOLLOWED})

    def end(self, *, at: datetime, reason: str) -> int:
        return self.open().update(ended_at=at, ended_reason=reason)


FOLLOWED = ("milestone", "tag", "programme", "organisation")


def holding_scopes(milestone: Milestone) -> list[Q]:
    """What a subscription of each scope is to, if the milestone is in it."""
    return [
        Q(milestone=milestone),
        Q(tag__in=milestone.tags.values("pk")),
        Q(programme=milestone.programme_id),
        Q(organisation__in=milestone.programme.organisations.values("pk")),
        Q(scope=Subscription.Scope.EVERYTHING),
    ]


def _what_the_scope_says() -> Q:
    """The scope names the one column that is set; for everything none is."""
    condition = Q(scope="everything", **dict.fromkeys(FOLLOWED))
    for scope in FOLLOWED:
        others = dict.fromkeys(other for other in FOLLOWED if other != scope)
        condition |= Q(**{"scope": scope, f"{scope}__isnull": False, **others})
    return condition


class Subscription(models.Model):
    """What a channel follows: everything, an organisation, a programme, a tag or a milestone.

    It counts from its confirmation to its end. `kinds` are flags of `wishes.News`,
    `reminder_kinds` of `wishes.Reminders`; of what moves by less than `min_days` it is not
    told. One that is muted says the opposite: of this milestone its channel hears nothing,
    whatever else it follows.
    """

    class Cadence(models.TextChoices):
        AT_ONCE = "at_once", "at once"
        DAILY = "daily", "once a day"
        WEEKLY = "weekly", "once a week"
        MUTED = "muted", "never"

    class Scope(models.TextChoices):  # the narrowest first
        MILESTONE = "milestone", "a milestone"
        TAG = "tag", "a subject"
        PROGRAMME = "programme", "a programme"
        ORGANISATION = "organisation", "an organisation"
        EVERYTHING = "everything", "everything"

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="subscriptions")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    tag = models.ForeignKey(
        Tag, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reminders = models.BooleanField(
        default=False, help_text="Also told before the date, not only when it moves."
    )
    reminder_kinds = models.PositiveSmallIntegerField(default=USUAL_REMINDERS.value)
    kinds = models.PositiveSmallIntegerField(default=USUAL_NEWS.value)
    min_days = models.PositiveSmallIntegerField(default=0)
    cadence = models.CharField(max_length=7, choices=Cadence.choices, default=Cadence.AT_ONCE)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=20, blank=True, default="")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscription_scope_says_of_what", condition=_what_the_scope_says()
            ),
            models.CheckConstraint(
                name="subscription_only_a_milestone_is_muted",
                condition=~Q(cadence="muted") | Q(scope="milestone"),
            ),
            models.UniqueConstraint(
                F("channel"),
                F("scope"),
                Coalesce("milestone_id", "tag_id", "programme_id", "organisation_id", Value(0)),
                name="subscription_one_open",
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [
            # Of whatever is followed, who follows it, in the order of a fan-out.
            *(
                models.Index(
                    name=f"subscription_of_{one}",
                    fields=[one, "channel"],
                    condition=Q(**{f"{one}__isnull": False}),
                )
                for one in FOLLOWED
            ),
            models.Index(
                name="subscription_muted",
                fields=["milestone", "channel"],
                condition=Q(cadence="muted", ended_at=None),
            ),
            models.Index(
                name="subscription_to_everything",
                fields=["channel"],
                condition=Q(scope="everything", ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk} to {self.get_scope_display()}"

    @property
    def follows(self) -> Milestone | Tag | Programme | Organisation | None:
        """What is followed; None is everything."""
        return self.milestone or self.tag or self.programme or self.organisation

    @property
    def is_live(self) -> bool:
        """Whether it is owed news; see `SubscriptionQuerySet.live`."""
        is_open = self.confirmed_at is not None and self.ended_at is None
        return is_open and self.channel.state == Channel.State.ACTIVE


BREADTH = Case(
    *(When(scope=scope, then=number) for number, scope in enumerate(Subscription.Scope)),
    output_field=models.PositiveSmallIntegerField(),
)
