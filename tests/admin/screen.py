"""The screen where a date is stated, driven as a browser without JavaScript would."""

from django.urls import reverse
from django.utils import timezone

from timeline.forms.milestone import number_of


def today():
    return timezone.now().date()


def typed(milestone, words, **fields):
    """What an editor sends who typed these words; a source of its own unless given."""
    milestone.refresh_from_db()
    sent = {
        "words": words,
        "stated_on": today().isoformat(),
        "seen_number": number_of(milestone),
    }
    if "source" not in fields and "url" not in fields:
        sent |= {"publisher": "JAXA", "grade": "A"}
    return sent | fields


def sent_back(form):
    """What a browser would send of a form as it was shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def state_url(milestone):
    return reverse("admin:timeline_milestone_state", args=[milestone.pk])


def reading_url(milestone):
    return reverse("admin:timeline_milestone_reading", args=[milestone.pk])


def preview(client, milestone, sent):
    return client.post(state_url(milestone), sent | {"preview": ""})


def save(client, milestone, sent):
    return client.post(state_url(milestone), sent | {"save": ""})


def preview_and_save(client, milestone, sent, **chosen):
    """Save what the preview showed; `chosen` is what the editor chooses in the preview."""
    shown = preview(client, milestone, sent).context["outlook"]
    return save(client, milestone, sent | chosen | {"confirmed": shown.digest})
