"""The forms with which somebody opens a private feed, or changes it."""

from uuid import uuid4

from django import forms

from timeline.choosing import NAMES, WORDS, Choice, parameters, stored_choice
from timeline.forms.builder import BuilderForm
from timeline.forms.text import PlainTextForm
from timeline.ical.options import PARAMETERS, Options
from timeline.models import PrivateFeed
from timeline.private_feeds import NAME_LIMIT


class OpeningForm(PlainTextForm, forms.Form):
    """A name. What is chosen is read by a BuilderForm from the same request."""

    name = forms.CharField(
        label="Name",
        max_length=NAME_LIMIT,
        help_text="Your calendar app shows it, without , ; and \\",
        error_messages={"required": "Give it a name: your calendar app shows it."},
    )
    # The same in a form that is sent twice: it opens one feed.
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ChangingForm(PlainTextForm, forms.Form):
    """A name, and the number that its owner saw: nothing newer is overwritten unseen."""

    name = OpeningForm.base_fields["name"]
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def see(self, feed: PrivateFeed) -> None:
        """Sent again, it replaces what stands now."""
        self.data["seen"] = str(feed.number)


class AddressForm(forms.Form):
    """The address that its owner saw, if any was open."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def differences(feed: PrivateFeed, name: str, builder: BuilderForm) -> list[str]:
    """How a feed stands where somebody wants it otherwise, as sentences."""
    stands = _said(feed.name, stored_choice(feed.choice), Options.stored(feed.options))
    wanted = _said(name, builder.choice, builder.options)
    return [
        f"{what}: now “{value}”; yours is “{wanted[what]}”."
        for what, value in stands.items()
        if value != wanted[what]
    ]


def held(choice: Choice) -> list[tuple[str, str]]:
    """What is chosen: of each kind of group its titles; nothing where everything is."""
    chosen = [name for name in NAMES if choice.slugs.get(name)]
    return [(WORDS[name], _titles(choice, name) or "none that is still there") for name in chosen]


def looking(options: Options) -> list[tuple[str, str]]:
    """How it looks, where that is not as usual: what is asked, and the answer in words."""
    return [
        (PARAMETERS[name].words, _words(name, getattr(options, name))) for name in options.chosen
    ]


def gone(feed: PrivateFeed) -> list[str]:
    """What was chosen and is no longer there, as it stood in addresses."""
    choice = stored_choice(feed.choice)
    there = {group.slug for group in choice.groups()}
    return [slug for slugs in choice.slugs.values() for slug in slugs if slug not in there]


def _said(name: str, choice: Choice, options: Options) -> dict[str, str]:
    """What a form asks, with the answers in words."""
    chosen = {WORDS[one]: _titles(choice, one) or "all" for one in NAMES}
    looks = {
        parameter.words: _words(one, getattr(options, one)) for one, parameter in PARAMETERS.items()
    }
    return {"Name": name, **chosen, **looks}


def _titles(choice: Choice, name: str) -> str:
    """In the order of the form's boxes; a tag that is no kind any more has none, and is last."""
    slugs = choice.slugs.get(name)
    if not slugs:
        return ""
    there = next(one.values for one in parameters() if one.name == name)
    boxes = {slug: place for place, slug in enumerate(there)}
    in_order = sorted(slugs, key=lambda slug: boxes.get(slug, len(boxes)))
    return ", ".join(str(group) for group in Choice({name: tuple(in_order)}).groups())


def _words(name: str, value: str | tuple[str, ...]) -> str:
    values = PARAMETERS[name].values
    if isinstance(value, tuple):
        return ", ".join(values.get(one, f"{one} before") for one in value) or "no"
    return values[value]
