"""The round that README promises a stranger, in a real browser on a real `manage.py up`."""

from urllib.request import Request, urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.one_command import Up, until, up

pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with up(tmp_path_factory.mktemp("up")) as running:
        yield running


def subscribe_by_mail(page: Page, service: Up) -> None:
    page.goto(f"{service.url}/milestones/issa-j1-launch/")
    page.get_by_role("link", name="Mail me when it moves").click()
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.wait_for_timeout(2000)  # nobody is quicker who reads what he is asked
    page.get_by_role("button", name="Ask for the mail to confirm").click()
    open_mail(page, service, "Please confirm")
    page.get_by_role("link", name="/subscribe/confirm/").click()
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_role("heading", name="You will be told")).to_be_visible()


def open_mail(page: Page, service: Up, subject: str) -> None:
    def has_come() -> bool:
        page.goto(f"{service.url}/mails/")
        return page.get_by_role("link", name=subject).count() > 0

    until(has_come)
    page.get_by_role("link", name=subject).first.click()


def state_autumn(page: Page, service: Up) -> None:
    page.goto(f"{service.url}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(service.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Milestones").first.click()
    page.get_by_role("link", name="State a date of ISSA-J1 launch", exact=True).click()
    page.get_by_label("When did they say it will happen?").fill("autumn 2027")
    page.get_by_label("URL").fill("https://news.example/issa-j1-autumn")
    page.get_by_label("Publisher").fill("Example News")
    page.get_by_label("Said on").fill("today")
    page.get_by_label("Why, for readers").fill("The satellite needs more tests")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("≈ 6 months").first).to_be_visible()
    page.get_by_role("button", name="Save").click()


def entry(service: Up, name: str) -> dict[str, object]:
    with urlopen(f"{service.url}/calendar/all.ics") as answer:
        calendar = Calendar.from_ical(answer.read())
    [found] = [one for one in calendar.events if name in one["SUMMARY"]]
    keys = ("UID", "SUMMARY", "SEQUENCE")
    return {key: str(found[key]) for key in keys} | {"DTSTART": found.start}


def test_a_stranger_sees_a_slip_reach_page_calendar_and_inbox(page, service):
    before = entry(service, "ISSA-J1")
    subscribe_by_mail(page, service)

    state_autumn(page, service)

    page.goto(f"{service.url}/milestones/issa-j1-launch/")
    expect(page.get_by_text("autumn 2027").first).to_be_visible()
    expect(page.get_by_text("The satellite needs more tests").first).to_be_visible()
    after = entry(service, "ISSA-J1")
    assert before["SUMMARY"] == "~ ISSA-J1 launch (spring 2027)"
    assert after["SUMMARY"] == "~ ISSA-J1 launch (autumn 2027)"
    assert after["UID"] == before["UID"]
    assert int(str(after["SEQUENCE"])) == int(str(before["SEQUENCE"])) + 1
    assert str(after["DTSTART"]) == "2027-09-01"
    open_mail(page, service, "ISSA-J1 launch: spring 2027 → autumn 2027")
    expect(page.get_by_text("The satellite needs more tests").first).to_be_visible()


def test_nobody_who_mistypes_an_address_sees_a_traceback(page, service):
    page.goto(f"{service.url}/milestones/no-such-milestone/")

    assert page.get_by_text("Traceback").count() == 0
    assert page.get_by_text("DEBUG = True").count() == 0
    expect(page.get_by_role("link", name="Timeline", exact=True)).to_be_visible()


def test_the_calendar_answers_304_to_who_has_it_already(service):
    with urlopen(f"{service.url}/calendar/all.ics") as first:
        tag = first.headers["ETag"]

    again = Request(f"{service.url}/calendar/all.ics", headers={"If-None-Match": tag})

    with pytest.raises(Exception, match="304"):
        urlopen(again)
