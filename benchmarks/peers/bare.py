"""A bare WSGI function with the bytes and headers of Milepost's answers: what the server allows.

It looks at two request headers, as anything that answers three ways must, and at nothing else.
"""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

ANSWERS = Path(os.environ["ANSWERS"])


def ready(kind: str) -> tuple[str, list[tuple[str, str]], list[bytes]]:
    status, headers = json.loads((ANSWERS / f"{kind}.json").read_text())
    body = (ANSWERS / f"{kind}.body").read_bytes()
    return status, [(name, value) for name, value in headers], [body] if body else []


PLAIN, ZIPPED, UNCHANGED = ready("200"), ready("gzip"), ready("304")


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
    answer = PLAIN
    if "HTTP_IF_NONE_MATCH" in environ:
        answer = UNCHANGED
    elif "HTTP_ACCEPT_ENCODING" in environ:
        answer = ZIPPED
    status, headers, body = answer
    start_response(status, headers)
    return body
