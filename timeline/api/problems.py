"""Errors as problem details (RFC 9457): what went wrong, for a program and for its author."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable, Throttled
from rest_framework.response import Response
from rest_framework.views import exception_handler

from timeline.asked import WrongParameters

MEDIA_TYPE = "application/problem+json"


class BadParameters(APIException):
    status_code = HTTPStatus.BAD_REQUEST
    default_code = "bad_parameter"

    def __init__(self, error: WrongParameters) -> None:
        self.wrong = error.wrong
        super().__init__(" ".join(f"{one.name}: {one.why}" for one in error.wrong))

    @property
    def errors(self) -> list[dict[str, object]]:
        """Each parameter that cannot be answered, and the values that could be."""
        return [
            {"parameter": one.name, "detail": one.why, "allowed": [*one.allowed]}
            for one in self.wrong
        ]


def problem_response(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to an error that is the client's; None lets Django answer ours."""
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    problem: dict[str, object] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": _detail(error, response),
        "instance": context["request"].path,
    }
    if isinstance(error, BadParameters):
        problem["errors"] = error.errors
    response.data = problem
    response.content_type = MEDIA_TYPE
    return response


def _detail(error: Exception, response: Response) -> str:
    match error:
        case Throttled():
            wait = response.headers.get("Retry-After", "60")
            return f"This network address has asked too often. Ask again in {wait} seconds."
        case MethodNotAllowed():
            return "The API is only read: GET, HEAD and OPTIONS are answered."
        case NotAcceptable():
            return "The API answers in JSON only: accept application/json."
    data = response.data
    return str(data.get("detail", "")) if isinstance(data, dict) else str(data)
