"""Register a webhook: for developers."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications import hooking, limits
from notifications.forms.webhook import WebhookForm
from notifications.pages.origin import origin
from notifications.pages.subscribe import chosen
from notifications.pages.too_many import too_many_page
from notifications.waking import wake


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks_page(request: HttpRequest) -> HttpResponse:
    """The form; `?programme=slug`, `?milestone=slug` … choose beforehand."""
    initial = {"follow": chosen(request)}
    form = WebhookForm(request.POST or None, initial=initial, at=timezone.now())
    if request.method == "POST" and form.is_valid() and not form.is_robot:
        return _registered(request, form)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "notifications/webhooks.html", {"form": form}, status=status)


def _registered(request: HttpRequest, form: WebhookForm) -> HttpResponse:
    """The only page that ever shows the secret.

    It leads to no page that acts: that link goes to the URL, whose owner alone may have it.
    """
    try:
        channel = hooking.register(
            form.cleaned_data["url"],
            form.followed(),
            reminders=form.cleaned_data["reminders"],
            origin=origin(request),
            at=timezone.now(),
        )
    except limits.TooManyRequests as refusal:
        return too_many_page(request, refusal)
    wake()
    return render(request, "notifications/webhook_registered.html", {"channel": channel})
