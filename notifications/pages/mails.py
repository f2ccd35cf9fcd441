"""What a laptop would have sent, for its user to see. There is no such page on a server."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 200


@dataclass(frozen=True, slots=True)
class KeptMail:
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def recipient(self) -> str:
        return str(self.message["To"])

    @property
    def date(self) -> str:
        return str(self.message["Date"])

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    def part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return str(body.get_content()) if isinstance(body, EmailMessage) else ""


@never_cache
@require_safe
def mails_page(request: HttpRequest) -> HttpResponse:
    files = sorted(folder().glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    mails = [kept(file) for file in files[:SHOWN]]
    return render(request, "notifications/mails.html", {"mails": mails})


@never_cache
@require_safe
def mail_page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "notifications/mail.html", {"mail": mail_named(name)})


@never_cache
@require_safe
def mail_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, as a mail program would show it: its own styles, no scripts."""
    response = HttpResponse(mail_named(name).part("html"))
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    )
    return response


def folder() -> Path:
    """Where mails are kept. Raises Http404 where they are sent instead."""
    if not settings.MILEPOST_OUTBOX_DIR:
        raise Http404
    return Path(settings.MILEPOST_OUTBOX_DIR)


def mail_named(name: str) -> KeptMail:
    file = folder() / f"{name}.eml"
    if not re.fullmatch(r"[A-Za-z0-9._-]+", name) or not file.is_file():
        raise Http404
    return kept(file)


def kept(file: Path) -> KeptMail:
    return KeptMail(file.stem, message_from_bytes(file.read_bytes(), policy=policy.default))
