"""How many readers wait for news of each milestone: two queries for all of them."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from notifications.models import Subscription
from notifications.models.subscription import FOLLOWED
from timeline.models import Milestone

Key = tuple[str, int | None]


def readers_of(milestones: Iterable[Milestone]) -> dict[int, int]:
    """By the key of each. Who follows it in two ways counts twice: it is a measure, no figure.

    Of the milestones their tags and the organisations of their programmes must be prefetched.
    """
    following = _following()
    return {one.pk: sum(following[key] for key in _ways_to_follow(one)) for one in milestones}


def _following() -> Counter[Key]:
    """By what is followed: its scope and key."""
    rows = (
        Subscription.objects.live()
        .telling()
        .order_by()
        .values_list("scope", *FOLLOWED)
        .annotate(count=Count("pk"))
    )
    return Counter({(scope, next(filter(None, keys), None)): count for scope, *keys, count in rows})


def _ways_to_follow(milestone: Milestone) -> list[Key]:
    scope = Subscription.Scope
    return [
        (scope.EVERYTHING, None),
        (scope.MILESTONE, milestone.pk),
        (scope.PROGRAMME, milestone.programme_id),
        *((scope.TAG, tag.pk) for tag in milestone.tags.all()),
        *((scope.ORGANISATION, one.pk) for one in milestone.programme.organisations.all()),
    ]
