from django import forms

from timeline.forms.seen import SeenForm
from timeline.forms.text import WebAddressField
from timeline.models import Milestone, Revision
from timeline.publishing import Conflict
from timeline.wording import date_words


class MilestoneForm(SeenForm):
    """The text of a milestone. Its date is not here: that is stated, with a source."""

    seen_number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Milestone
        fields = [
            "title",
            "slug",
            "programme",
            "tags",
            "summary",
            "place",
            "url",
            "shape",
            "home_zone",
            "hemisphere",
            "fiscal",
        ]
        field_classes = {"url": WebAddressField}
        widgets = {"tags": forms.CheckboxSelectMultiple}
        help_texts = {
            "home_zone": "Whose days are meant: “Asia/Kolkata”, “Asia/Tokyo”, “UTC”.",
            "hemisphere": "Where “spring” is spring.",
            "fiscal": "What “fiscal 2027” means. Not set: the editor is asked each time.",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_number"].initial = number_of(self.instance)

    def conflicts(self) -> list[str]:
        """Also what was published since, though the text is the same."""
        number = number_of(self.instance)
        seen_number = self.cleaned_data.get("seen_number")
        if seen_number == number:
            return super().conflicts()
        self.data["seen_number"] = str(number)
        return [*versions(self.instance, seen_number or 0), *super().conflicts()]


def number_of(milestone: Milestone) -> int:
    """The number of what is published of it; 0 of a draft."""
    return milestone.current_revision.number if milestone.current_revision else 0


def versions(milestone: Milestone, seen_number: int) -> list[str]:
    """What the editor saw published, and what is published now."""
    now = milestone.current_revision
    if now is None:
        return []
    seen = milestone.revisions.filter(number=seen_number).first()
    return versions_of(Conflict(theirs=now, seen=seen), home_zone=milestone.home_zone)


def versions_of(conflict: Conflict, *, home_zone: str) -> list[str]:
    saw = _words(conflict.seen, home_zone=home_zone) if conflict.seen else "nothing published yet"
    return [f"You saw {saw}.", f"Now it is {_words(conflict.theirs, home_zone=home_zone)}."]


def _words(revision: Revision, *, home_zone: str) -> str:
    by = f" by {revision.recorded_by}" if revision.recorded_by else ""
    at = f"{revision.recorded_at:%-d %b %Y, %H:%M} UTC"
    date = date_words(revision.date, home_zone=home_zone)
    what = f"{date} ({revision.status}; “{revision.title}”)"
    return f"revision {revision.number}: {what}, published {at}{by}"
