"""Ask to be told."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications import limits, subscribing
from notifications.forms.subscribe import KINDS, SubscribeForm
from notifications.pages.origin import origin
from notifications.pages.too_many import too_many_page
from notifications.waking import wake


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe_page(request: HttpRequest) -> HttpResponse:
    """The form; `?programme=slug`, `?milestone=slug` … choose beforehand."""
    initial = {"follow": chosen(request)}
    form = SubscribeForm(request.POST or None, initial=initial, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        return _asked(request, form)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "notifications/subscribe.html", {"form": form}, status=status)


def _asked(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    if not form.is_robot:
        try:
            subscribing.ask(
                form.cleaned_data["email"],
                form.followed(),
                reminders=form.cleaned_data["reminders"],
                origin=origin(request),
                at=timezone.now(),
            )
        except limits.TooManyRequests as refusal:
            return too_many_page(request, refusal)
        wake()
    return redirect("notifications:asked")


@never_cache
def asked_page(request: HttpRequest) -> HttpResponse:
    shows_mails = bool(settings.MILEPOST_OUTBOX_DIR)
    return render(request, "notifications/asked.html", {"shows_mails": shows_mails})


def chosen(request: HttpRequest) -> str:
    """The first thing named in the address that there is, as the form's value."""
    for kind, model in KINDS.items():
        slug = request.GET.get(kind, "").replace("\x00", "")
        if slug and model.objects.filter(slug=slug).exists():
            return f"{kind}:{slug}"
    return "everything"
