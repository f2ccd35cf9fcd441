"""Ask for the link to all that an address follows."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from notifications import limits, signing, subscribing
from notifications.forms.address import AddressForm
from notifications.pages.origin import origin
from notifications.pages.too_many import too_many_page
from notifications.waking import wake
from timeline.pages.private import private


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage_ask_page(request: HttpRequest) -> HttpResponse:
    """One answer to every address: nobody learns from it who follows something."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _asked(request, form)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "notifications/manage_ask.html", {"form": form}, status=status)


def _asked(request: HttpRequest, form: AddressForm) -> HttpResponse:
    if not form.is_robot:
        email = form.cleaned_data["email"]
        try:
            subscribing.ask_for_link(email, origin=origin(request), at=timezone.now())
        except limits.TooManyRequests as refusal:
            return too_many_page(request, refusal)
        wake()
    return redirect("notifications:manage-asked")


@never_cache
@require_safe
def manage_asked_page(request: HttpRequest) -> HttpResponse:
    shows_mails = bool(settings.MILEPOST_OUTBOX_DIR)
    return render(request, "notifications/manage_asked.html", {"shows_mails": shows_mails})


@csrf_exempt
@private
@require_http_methods(["POST"])
def manage_again_page(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a fresh link to whom a token that is too old was made for."""
    try:
        channel = signing.read_manage_token(token, at=timezone.now())
    except signing.ExpiredToken as error:
        channel = error.channel
    except signing.TokenError:
        return render(request, "notifications/unknown.html", status=HTTPStatus.NOT_FOUND)
    subscribing.renew_link(channel, at=timezone.now())
    wake()
    return redirect("notifications:manage-asked")
