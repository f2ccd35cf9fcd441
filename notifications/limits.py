"""How often strangers may make us act. Counted in the database: exact, however many workers.

What is counted is known by a key alone: of an address, a network or a domain nothing is kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from notifications.models import RateBucket
from notifications.models.address import address_key, normalised

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVER = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once; from then on one more whenever an even share of the time has passed."""

    name: str
    times: int
    per: timedelta

    @property
    def pause(self) -> timedelta:
        return self.per / self.times

    def key(self, of: str) -> str:
        """What is counted under. It outlives SECRET_KEY, as the keys of addresses do."""
        return salted_hmac(
            "notifications.limits",
            f"{self.name}:{of}",
            secret=settings.MILEPOST_ADDRESS_KEY,
            algorithm="sha256",
        ).hexdigest()


ASKS_OF_A_NETWORK = Limit("asks of a network", 30, HOUR)
ASKS_FOR_A_DOMAIN = Limit("asks for a domain", 300, HOUR)
ASKS_OF_ALL = Limit("asks of all", 1000, HOUR)
QUESTIONS_TO_AN_ADDRESS = Limit("questions to an address", 1, DAY)
QUESTIONS_WITHOUT_ANSWER = Limit("questions without answer", 3, EVER)
WEBHOOKS_OF_A_NETWORK = Limit("webhooks of a network", 10, HOUR)
WEBHOOKS_AT_A_URL = Limit("webhooks at a URL", 3, DAY)
WEBHOOKS_AT_A_HOST = Limit("webhooks at a host", 100, DAY)


class TooManyRequests(Exception):
    """The limit is reached; there is room again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def take(limit: Limit, of: str, *, at: datetime) -> bool:
    """Whether the limit has room for one more from or for `of`; if so, it counts."""
    return RateBucket.objects.take(limit.key(of), pause=limit.pause, times=limit.times, at=at)


def insist(limit: Limit, of: str, *, at: datetime) -> None:
    """Take one, or raise TooManyRequests.

    In a transaction that this ends nothing is counted: who is refused does not wait longer.
    """
    if not take(limit, of, at=at):
        empty_at = RateBucket.objects.get(name=limit.key(of)).empty_at
        raise TooManyRequests(empty_at - (limit.times - 1) * limit.pause - at)


def start_anew(limit: Limit, of: str) -> None:
    """Forget what was counted."""
    RateBucket.objects.filter(name=limit.key(of)).delete()


def mailbox_of(address: str) -> str:
    """The key that an address is counted by: "a.da+1@…" and "ada+2@…" often reach one mailbox.

    Raises ValueError for what is no address.
    """
    local, _, domain = normalised(address).rpartition("@")
    plain = local.partition("+")[0].replace(".", "")
    return address_key(f"{plain or local}@{domain}")


def domain_of(address: str) -> str:
    """Raises ValueError for what is no address."""
    return normalised(address).rpartition("@")[2]
