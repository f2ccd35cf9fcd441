"""What became of a milestone is stated from its page: it happened, is off, or is on again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.admin.screen import preview, preview_and_save, sent_back, state_url, today, typed
from tests.factories import MilestoneFactory, state
from timeline.models import Announcement, Revision, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def launch():
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    state(milestone, "2027", on=today(), at=timezone.now(), announce=False)
    return milestone


def page_of(client, milestone):
    return client.get(reverse("admin:timeline_milestone_change", args=[milestone.pk])).text


def opened(client, milestone, kind):
    """The fields of the screen as the button opens it."""
    answer = client.get(f"{state_url(milestone)}?as={kind}")
    return answer, sent_back(answer.context["form"])


def published(milestone):
    milestone.refresh_from_db()
    return milestone.current_revision


def offered(client, milestone):
    page = page_of(client, milestone)
    return [kind for kind in ("occurred", "cancelled", "plan") if f"?as={kind}" in page]


def test_of_a_plan_the_page_offers_its_end(editor_client, launch):
    assert offered(editor_client, launch) == ["occurred", "cancelled"]


def test_of_what_was_cancelled_it_offers_a_new_plan(editor_client, launch):
    state(launch, "cancelled", on=today(), at=timezone.now())

    assert offered(editor_client, launch) == ["plan"]


def test_of_what_happened_and_of_a_draft_it_offers_nothing(editor_client, launch):
    state(launch, "2026", on=today(), at=timezone.now(), kind="occurred")

    assert offered(editor_client, launch) == []
    assert offered(editor_client, MilestoneFactory()) == []


def test_who_may_not_change_milestones_is_offered_nothing(powerless_client, launch):
    answer, refused = (
        powerless_client.get(address)
        for address in (
            reverse("admin:timeline_milestone_change", args=[launch.pk]),
            f"{state_url(launch)}?as=cancelled",
        )
    )

    assert "?as=" not in answer.text
    assert refused.status_code == 403


def test_a_stranger_is_asked_to_log_in(client, launch):
    answer = client.get(f"{state_url(launch)}?as=cancelled")

    assert answer.url.startswith(reverse("admin:login"))


def test_cancelling_shows_what_changes_and_who_hears_of_it(editor, editor_client, launch):
    screen, sent = opened(editor_client, launch, "cancelled")
    sent |= typed(launch, sent["words"])

    shown = preview(editor_client, launch, sent)
    answer = preview_and_save(editor_client, launch, sent)

    assert "<h1>Cancel: ISSA-J1 launch</h1>" in screen.text
    assert "Cancelled; the date it had stays shown" in shown.text
    assert "Announced: held for" in shown.text
    assert answer.status_code == 302
    revision = published(launch)
    assert (revision.status, revision.edtf, revision.change_kind) == (
        "cancelled",
        "2027",
        "cancelled",
    )
    assert revision.recorded_by == editor
    assert Announcement.objects.get().state == "held"


def test_the_words_of_a_cancellation_need_not_be_about_a_date(editor_client, launch):
    words = "The two companies have agreed to end the project"

    preview_and_save(editor_client, launch, typed(launch, words, kind="cancelled"))

    assert published(launch).status == "cancelled"
    assert Statement.objects.get(standing="current").text == words


@pytest.mark.parametrize(("words", "edtf"), [("spring 2028", "2028-25"), ("TBD", None)])
def test_it_is_planned_again_with_a_date_or_without(editor_client, launch, words, edtf):
    state(launch, "cancelled", on=today(), at=timezone.now())
    _, sent = opened(editor_client, launch, "plan")

    preview_and_save(editor_client, launch, sent | typed(launch, words))

    revision = published(launch)
    assert (revision.status, revision.edtf, revision.change_kind) == ("plan", edtf, "reinstated")


def test_what_happened_is_recorded_to_the_minute_by_the_clock_of_another_place(
    editor_client, launch
):
    _, sent = opened(editor_client, launch, "occurred")
    sent |= typed(launch, "It flew on Monday afternoon")
    sent |= {"pick_unit": "time", "pick_year": 2025, "pick_month": 7, "pick_day": 30}
    sent |= {"pick_time": "17:40", "pick_zone": "Asia/Kolkata"}

    shown = preview(editor_client, launch, sent)
    preview_and_save(editor_client, launch, sent)

    assert "30 July 2025 17:40 Asia/Kolkata" in shown.text
    said = Statement.objects.get(standing="current")
    assert (said.kind, said.edtf, said.zone) == (
        "occurred",
        "2025-07-30T17:40:00+05:30",
        "Asia/Kolkata",
    )


def test_without_a_zone_it_is_the_clock_of_its_home(editor_client, launch):
    sent = typed(launch, "It flew", kind="occurred", pick_unit="time", pick_time="17:40")
    sent |= {"pick_year": 2025, "pick_month": 7, "pick_day": 30}

    preview_and_save(editor_client, launch, sent)

    said = Statement.objects.get(standing="current")
    assert (said.edtf, said.zone) == ("2025-07-30T17:40:00+09:00", "")
    zones = preview(editor_client, launch, sent).context["form"].fields["pick_zone"].choices
    assert zones[:2] == [("", "Asia/Tokyo, its home"), ("UTC", "UTC")]


def at_night_in_new_york(launch, month, day, time):
    sent = typed(launch, "It flew", kind="occurred", pick_unit="time", pick_time=time)
    sent |= {"pick_year": 2025, "pick_month": month, "pick_day": day}
    return sent | {"pick_zone": "America/New_York"}


def test_a_time_that_the_clocks_skip_is_refused(editor_client, launch):
    sent = at_night_in_new_york(launch, 3, 9, "02:30")

    shown = preview(editor_client, launch, sent)

    assert "The clocks in America/New_York skip 02:30 on 9 March 2025." in shown.text
    assert 'name="save"' not in shown.text


def test_a_time_that_the_clocks_show_twice_is_asked_about(editor_client, launch):
    sent = at_night_in_new_york(launch, 11, 2, "01:30")

    asked = preview(editor_client, launch, sent).context["outlook"].choices
    preview_and_save(editor_client, launch, sent | {"option": asked[1].key})

    assert [one.label for one in asked] == [
        "2 November 2025, 01:30 EDT (America/New_York)",
        "2 November 2025, 01:30 EST (America/New_York)",
    ]
    said = Statement.objects.get(standing="current")
    assert (said.edtf, said.zone) == ("2025-11-02T01:30:00-05:00", "America/New_York")


def test_a_time_is_asked_for(editor_client, launch):
    sent = typed(launch, "It flew", pick_unit="time", pick_year=2025, pick_month=7, pick_day=30)

    shown = preview(editor_client, launch, sent)

    assert shown.context["form"].errors["pick_time"] == ["Give the time: 17:40."]


@pytest.mark.parametrize("kind", ["", "x", "withdrawn", "<b>"])
def test_an_address_that_asks_for_something_else_opens_the_screen_as_ever(
    editor_client, launch, kind
):
    screen, sent = opened(editor_client, launch, kind)

    assert "<h1>State a date of ISSA-J1 launch</h1>" in screen.text
    assert sent["kind"] == ""


def test_the_second_of_two_editors_sees_both_versions(editor_client, launch):
    _, sent = opened(editor_client, launch, "cancelled")
    sent |= typed(launch, "cancelled")
    state(launch, "2029", on=today(), at=timezone.now())

    answer = editor_client.post(f"{state_url(launch)}?as=cancelled", sent | {"save": ""})

    assert "Somebody published while you were writing." in answer.text
    assert "<h1>Cancel: ISSA-J1 launch</h1>" in answer.text
    assert Revision.objects.latest("number").status == "plan"


@pytest.mark.parametrize(
    "picked",
    [
        {"edtf": "[..2028]"},
        {"pick_unit": "none"},
        {
            "pick_unit": "time",
            "pick_year": 2031,
            "pick_month": 7,
            "pick_day": 30,
            "pick_time": "17:40",
            "pick_zone": "Europe/Paris",
            "window_end": "18:20",
        },
    ],
)
def test_what_was_picked_opens_whole_to_be_corrected(editor_client, launch, picked):
    preview_and_save(editor_client, launch, typed(launch, "when the mountain is blue", **picked))
    said = Statement.objects.latest("pk")
    address = reverse("admin:timeline_milestone_correct", args=[launch.pk, said.pk])

    sent = sent_back(editor_client.get(address).context["form"])
    shown = editor_client.post(address, sent | {"preview": ""})

    assert shown.context["outlook"].refused == (
        "This is what we have already: nothing would be corrected."
    )
