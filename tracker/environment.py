"""Reads settings from the environment."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def flag(name: str, *, default: bool) -> bool:
    given = text(name).lower()
    if given and given not in YES | NO:
        raise ImproperlyConfigured(f"{name}={given!r}: say 1 or 0.")
    return given in YES if given else default


def number(name: str, *, default: int) -> int:
    given = text(name)
    if given and not given.isdecimal():
        raise ImproperlyConfigured(f"{name}={given!r}: say a whole number.")
    return int(given) if given else default


def text(name: str, *, default: str = "") -> str:
    """What is set to nothing is not set: compose files hand on every name."""
    return os.environ.get(name, "").strip() or default


def beginning_with(prefix: str) -> dict[str, str]:
    """What is set under such names, by the rest of the name."""
    names = (name for name in os.environ if name.startswith(prefix) and text(name))
    return {name.removeprefix(prefix): text(name) for name in names}


def words(name: str) -> list[str]:
    return text(name).replace(",", " ").split()


def address(name: str, *, default: str) -> str:
    """A web address without a slash at its end."""
    given = text(name, default=default).rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise ImproperlyConfigured(f"{name}={given!r}: say where readers find us, https://…")
    return given


def broker(redis_url: str) -> str:
    """Celery's name for the Redis at this URL; without one, a broker inside the process."""
    address = urlsplit(redis_url)
    if not redis_url:
        return "memory://localhost"
    if address.scheme != "unix":
        return redis_url
    database = parse_qs(address.query).get("db", ["0"])[0]
    return f"redis+socket://{address.path}?virtual_host={database}"


def kept_secret(path: Path) -> str:
    """A random secret, made once and readable only by whoever made it."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        # Written whole, then named: of two starting at once, both read the same secret.
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as made:  # mode 0600
            made.write(secrets.token_urlsafe(50))
            made.flush()
            with contextlib.suppress(FileExistsError):
                os.link(made.name, path)
    return path.read_text()
