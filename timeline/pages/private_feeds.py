"""Where a private feed is opened, changed, moved and closed. No account: who has the link may."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from timeline import private_feeds
from timeline.addresses import named, query_of
from timeline.choosing import stored_choice
from timeline.forms.builder import BuilderForm
from timeline.forms.private_feed import (
    AddressForm,
    ChangingForm,
    OpeningForm,
    differences,
    gone,
    held,
    looking,
)
from timeline.ical.options import Options
from timeline.models import PrivateFeed
from timeline.networks import network_of
from timeline.pages.buttons import buttons
from timeline.pages.private import private

Context = Mapping[str, object]
Page = Callable[[HttpRequest, PrivateFeed, str], HttpResponse]

TOO_MANY = (
    "Very many calendars were opened from your network within an hour. Nothing is lost: this page "
    "keeps what you chose; please send it again in an hour."
)
MOVED_OFTEN = "This calendar has got many new addresses within an hour. Please wait an hour."


def managed(view: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page about the feed whose link was given; whoever has it may do what the page offers."""

    @private
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        feed = private_feeds.find_managed(token)
        if feed is None:
            return _page(request, "unknown", status=HTTPStatus.NOT_FOUND)
        return view(request, feed, token)

    return wrapped


# --- Opening ------------------------------------------------------------------------------------


@private
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """Name what was chosen in the builder; with a name it is opened."""
    is_sent = request.method == "POST"
    builder = BuilderForm.of(request.POST if is_sent else request.GET)
    if not builder.is_valid():
        return _opening(request, builder, status=HTTPStatus.BAD_REQUEST)
    name = named(builder.choice) if builder.choice else "Milepost"
    form = OpeningForm(request.POST if is_sent else None, initial={"name": name})
    if form.is_valid():
        return _open(request, builder, form)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return _opening(request, builder, form, status=status)


def _open(request: HttpRequest, builder: BuilderForm, form: OpeningForm) -> HttpResponse:
    try:
        opened = private_feeds.open_feed(
            form.cleaned_data["name"],
            builder.choice,
            builder.options,
            at=timezone.now(),
            network=network_of(request.META.get("REMOTE_ADDR", "")),
            uid=form.cleaned_data["uid"],
        )
    except private_feeds.TooManyFeeds:
        form.add_error(None, TOO_MANY)
        return _opening(request, builder, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    except private_feeds.AlreadyOpened:
        return _page(request, "already", {"back": _back(builder)}, status=HTTPStatus.CONFLICT)
    return _told(request, opened.feed, opened.token, opened.manage_token, is_new=True)


def _opening(
    request: HttpRequest, builder: BuilderForm, form: OpeningForm | None = None, *, status: int
) -> HttpResponse:
    context = {
        "builder": builder,
        "form": form,
        "back": _back(builder),
        "holds": held(builder.choice),
        "looks": looking(builder.options),
    }
    return _page(request, "open", context, status=status)


def _back(builder: BuilderForm) -> str:
    """The builder with the same choice, also where it cannot be read."""
    return f"{reverse('timeline:builder')}?{urlencode(builder.given, doseq=True, safe=',')}"


def _told(
    request: HttpRequest, feed: PrivateFeed, token: str, manage_token: str, *, is_new: bool
) -> HttpResponse:
    """The address, this once. There is no form here, so it says nobody where it comes from."""
    context = {
        "feed": feed,
        "buttons": buttons(request, private_feeds.path_of(feed, token), name=feed.name),
        "link": request.build_absolute_uri(_url("manage", manage_token)),
        "is_new": is_new,
    }
    response = _page(request, "told", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


# --- Managing -----------------------------------------------------------------------------------


@managed
def manage_page(request: HttpRequest, feed: PrivateFeed, token: str) -> HttpResponse:
    """What the feed is, and a form that changes it."""
    if request.method == "POST":
        return _change(request, feed, token)
    form = ChangingForm(initial={"name": feed.name, "seen": feed.number})
    builder = BuilderForm.of_stored(stored_choice(feed.choice), Options.stored(feed.options))
    return _managing(request, feed, token, builder, form)


def _change(request: HttpRequest, feed: PrivateFeed, token: str) -> HttpResponse:
    form, builder = ChangingForm(request.POST), BuilderForm.of(request.POST)
    if not all([form.is_valid(), builder.is_valid()]):
        return _managing(request, feed, token, builder, form, status=HTTPStatus.BAD_REQUEST)
    name, seen = form.cleaned_data["name"], form.cleaned_data["seen"]
    try:
        stands = private_feeds.change(
            feed, name, builder.choice, builder.options, seen=seen, at=timezone.now()
        )
    except private_feeds.ChangedMeanwhile as meanwhile:
        form.see(meanwhile.feed)
        return _managing(request, meanwhile.feed, token, builder, form, status=HTTPStatus.CONFLICT)
    done = "unchanged" if stands.number == seen else "saved"
    return redirect(f"{_url('manage', token)}?{done}")


def _managing(
    request: HttpRequest,
    feed: PrivateFeed,
    token: str,
    builder: BuilderForm,
    form: ChangingForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    choice, options = stored_choice(feed.choice), Options.stored(feed.options)
    is_outrun = status == HTTPStatus.CONFLICT
    context = {
        "feed": feed,
        "builder": builder,
        "form": form,
        "differences": differences(feed, str(form["name"].value()), builder) if is_outrun else [],
        "holds": held(choice),
        "looks": looking(options),
        "gone": gone(feed),
        "address": feed.open_address,
        "latest": feed.addresses.latest("pk"),
        "look": f"{reverse('timeline:builder')}?{query_of(choice, options)}",
        "new_address_url": _url("address", token),
        "close_url": _url("close", token),
        "saved": "saved" in request.GET,
        "unchanged": "unchanged" in request.GET,
    }
    return _page(request, "manage", context, status=status)


# --- Moving and closing -------------------------------------------------------------------------


@managed
def address_page(request: HttpRequest, feed: PrivateFeed, token: str) -> HttpResponse:
    """Give the feed a new address, after a question; the old one is closed."""
    address = feed.open_address
    sent = request.POST if request.method == "POST" else None
    form = AddressForm(sent, initial={"seen": address and address.pk})
    context = {"feed": feed, "address": address, "form": form, "manage_url": _url("manage", token)}
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
        return _page(request, "address", context, status=status)
    try:
        new = private_feeds.rotate(feed, seen=form.cleaned_data["seen"], at=timezone.now())
    except private_feeds.ChangedMeanwhile:
        return _page(request, "moved", context, status=HTTPStatus.CONFLICT)
    except private_feeds.TooManyFeeds:
        form.add_error(None, MOVED_OFTEN)
        return _page(request, "address", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    return _told(request, feed, new, token, is_new=False)


@managed
def close_page(request: HttpRequest, feed: PrivateFeed, token: str) -> HttpResponse:
    """Close the address, after a question."""
    if request.method == "POST":
        private_feeds.close(feed, at=timezone.now())
        return redirect(_url("manage", token))
    return _page(request, "close", {"feed": feed, "manage_url": _url("manage", token)})


def _url(page: str, manage_token: str) -> str:
    return reverse(f"timeline:private-{page}", args=[manage_token])


def _page(
    request: HttpRequest, name: str, context: Context | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    response = render(request, f"timeline/private/{name}.html", context, status=status)
    response["Referrer-Policy"] = "strict-origin"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = str(private_feeds.AN_HOUR // timedelta(seconds=1))
    return response
