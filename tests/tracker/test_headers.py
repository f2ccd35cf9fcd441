"""Who is asking, and what their browser may do with the answer."""

import pytest
from django.http import HttpRequest, HttpResponse

from tracker.csp import ContentSecurityPolicyMiddleware
from tracker.proxies import believe_our_proxies


def test_every_page_says_what_may_run_on_it(client):
    policy = client.get("/healthz/nowhere").headers["Content-Security-Policy"]

    assert policy == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def test_a_view_with_a_policy_of_its_own_keeps_it():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    answer = ContentSecurityPolicyMiddleware(lambda request: own)(HttpRequest())

    assert answer.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "reader"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.66, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.66, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(settings, proxies, forwarded, reader):
    settings.MILEPOST_PROXIES = proxies
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "10.0.0.1"
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded

    believe_our_proxies(lambda request: HttpResponse())(request)

    assert request.META["REMOTE_ADDR"] == reader
