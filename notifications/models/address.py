"""One mailbox, one key: however its address is typed, and long after the address is gone."""

import re
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

# The dot-atom of RFC 5322 and a host name: nothing that could end a header or a command.
# ASCII: else, without regard to case, the long s passes for an "s".
MAILBOX = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,189}", re.IGNORECASE | re.ASCII
)


def normalised(address: str) -> str:
    """The address as we write to it: its domain in ASCII and small letters.

    Raises ValueError for what is no address; nothing is ever sent to that.
    """
    local, _, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    host = domain.encode("idna").decode("ascii").lower()
    mailbox = f"{local}@{host}"
    if not MAILBOX.fullmatch(mailbox):
        raise ValueError("This is not an e-mail address.")
    return mailbox


def address_key(address: str) -> str:
    """The same for all spellings of a mailbox; says nothing to whoever lacks our key."""
    return salted_hmac(
        "notifications.address",
        normalised(address).lower(),
        secret=settings.MILEPOST_ADDRESS_KEY,
        algorithm="sha256",
    ).hexdigest()
