"""Log lines that a machine reads in production and a person on a laptop."""

import json
import logging
import re
from datetime import UTC, datetime

ADDRESS = re.compile(r"[^\s<>@\"',;:/=]+@[^\s<>@\"',;:/=]+")
# Random or signed: at least 22 characters and, unlike a slug, a capital or a colon among them.
TOKEN = re.compile(r"(?<=[/=])(?=[\w.-]*[A-Z:])[\w:.-]{22,}")
# Of a private calendar, whatever it looks like: it may happen to be all small letters.
SECRET = re.compile(
    r"(?<=/f/)[\w-]{16,}|(?<=%2Ff%2F)[\w-]{16,}|(?<=/calendar/private/)[\w-]{16,}", re.IGNORECASE
)


def cleaned(text: str) -> str:
    """Without what identifies a reader: e-mail addresses and the tokens in their links."""
    return TOKEN.sub("[token]", SECRET.sub("[token]", ADDRESS.sub("[address]", text)))


class PlainLine(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return cleaned(super().format(record))


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": cleaned(record.getMessage()),
        }
        if record.exc_info:
            line["exception"] = cleaned(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
