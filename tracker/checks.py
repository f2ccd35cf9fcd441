"""Refuse to start half configured: what is missing would otherwise show when a mail is due."""

from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import SystemCheckError

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", ""}
LONG_ENOUGH = 50  # characters; Django's own measure for a secret


def configuration(**_: object) -> list[Error]:
    problems = on_a_laptop() if settings.LAPTOP else [*in_production(), *mail_that_leaves()]
    return [Error(text, id=f"tracker.{number}") for number, text in (*problems, *always())]


def is_local(host: str | None) -> bool:
    return (host or "") in LOCAL_HOSTS


def on_a_laptop() -> Iterator[tuple[str, str]]:
    if not is_local(urlsplit(settings.MILEPOST_BASE_URL).hostname):
        yield "E001", "LAPTOP is on for a public MILEPOST_BASE_URL: set LAPTOP=0."


def in_production() -> Iterator[tuple[str, str]]:
    if len(secret_key()) < LONG_ENOUGH:
        yield "E002", "Set SECRET_KEY: 50 random characters or more, the same in every process."
    if len(settings.MILEPOST_ADDRESS_KEY) < LONG_ENOUGH:
        yield "E012", "Set MILEPOST_ADDRESS_KEY: 50 random characters or more, for ever the same."
    address = urlsplit(settings.MILEPOST_BASE_URL)
    if address.scheme != "https" or is_local(address.hostname):
        yield "E003", "Set MILEPOST_BASE_URL to where readers find us: https://…"
    if "*" in settings.ALLOWED_HOSTS or address.hostname not in settings.ALLOWED_HOSTS:
        yield "E004", "ALLOWED_HOSTS must name the host of MILEPOST_BASE_URL, and not '*'."
    if settings.MILEPOST_OUTBOX_DIR:
        yield "E005", "Unset MILEPOST_OUTBOX_DIR: mails would be kept and shown, and none leave."
    if settings.REDIS_URL and "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield "E009", "REDIS_URL means several processes, SQLite is for one: set DATABASE_URL."


def mail_that_leaves() -> Iterator[tuple[str, str]]:
    if not settings.EMAIL_HOST and not settings.MILEPOST_MAIL_BACKEND:
        yield "E006", "Set EMAIL_HOST: no mail can leave."
    if settings.MILEPOST_MAIL_BACKEND and ":" not in str(settings.ANYMAIL.get("WEBHOOK_SECRET")):
        yield "E014", "Set ANYMAIL_WEBHOOK_SECRET to user:password, or anybody may report bounces."
    if is_local(parseaddr(settings.MILEPOST_MAIL_FROM)[1].rpartition("@")[2]):
        yield "E007", "Set MILEPOST_MAIL_FROM to an address of your domain."
    if settings.EMAIL_HOST_PASSWORD and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield "E008", "EMAIL_HOST_PASSWORD would be sent in clear: set EMAIL_USE_TLS=1 or _SSL=1."


def secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django refuses an empty one only when it is read
        return ""


def always() -> Iterator[tuple[str, str]]:
    if settings.DEBUG and not settings.LAPTOP:
        yield "E013", "DEBUG shows tracebacks to readers: unset it."
    if settings.MILEPOST_SETTLE_MAX_SECONDS < settings.MILEPOST_SETTLE_SECONDS:
        yield "E010", "MILEPOST_SETTLE_MAX_SECONDS is less than MILEPOST_SETTLE_SECONDS."
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        yield "E011", "EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other: TLS for port 587."


def refuse_half_configured() -> None:
    """For servers, which run no system checks of their own."""
    if problems := configuration():
        raise SystemCheckError("\n".join(str(problem) for problem in problems))
