"""A news item becomes a held announcement; a mistake is set right; the desk is tidied."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.clock import NOON, TODAY
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, state
from timeline import editors
from timeline.models import Announcement, Statement

ARTICLE = (
    "Astroscale has news for us. The ISSA-J1 satellite is now scheduled to launch in autumn 2027 "
    "from Sriharikota. It will be carried aboard the PSLV."
)
WIDER_THAN_ITS_WINDOW = (
    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
)


@pytest.fixture
def password(transactional_db):
    return editors.create_editor("anna")


@pytest.fixture
def launch(transactional_db):
    """Published as "spring 2027", on Astroscale's word of long ago."""
    programme = ProgrammeFactory(title="ISSA-J1")
    milestone = MilestoneFactory(
        title="ISSA-J1 launch", home_zone="Asia/Tokyo", programme=programme
    )
    astroscale = SourceFactory(publisher="Astroscale", grade="A")
    said_at = NOON - timedelta(days=400)
    state(
        milestone,
        "spring 2027",
        on=said_at.date(),
        at=said_at,
        source=astroscale,
        announce=False,
    )
    return milestone


def log_in(page, live_server, password, at="/admin/"):
    page.goto(f"{live_server.url}{at}")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def paste(page, live_server, password):
    log_in(page, live_server, password, "/admin/timeline/milestone/")
    page.get_by_role("link", name="Paste a text").click()
    page.get_by_label("The article").fill(ARTICLE)
    page.get_by_label("Publisher").fill("Astroscale")
    page.get_by_label("Grade").select_option("A")
    page.get_by_label("Said on").fill("today")
    page.get_by_role("button", name="Find the dates").click()


def test_a_pasted_article_becomes_a_held_announcement(page, live_server, password, launch):
    paste(page, live_server, password)

    expect(page.locator("mark")).to_have_text("autumn 2027")
    expect(page.locator(".found")).to_contain_text("Slipped ≈ 6 months: spring 2027 → autumn 2027")
    page.get_by_role("button", name="State what is ticked").click()

    expect(page.locator(".messagelist")).to_contain_text("Stated: 1 date of the text.")
    assert Announcement.objects.get().state == "held"


def test_the_keyboard_alone_takes_a_date_of_an_article(page, live_server, password, launch):
    paste(page, live_server, password)
    expect(page.locator("mark")).to_be_visible()

    page.get_by_role("checkbox", name="Take it").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    page.get_by_role("button", name="State what is ticked").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Stated: 1 date")


def test_a_mistake_is_set_right_from_the_history(page, live_server, password, launch):
    log_in(page, live_server, password, f"/admin/timeline/milestone/{launch.pk}/change/")
    page.get_by_role("link", name="Correct “spring 2027”").click()
    page.get_by_label("When did they say it will happen?").fill("autumn 2027")
    expect(page.get_by_label("Our reading")).to_contain_text("nobody is told")
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".messagelist")).to_be_visible()
    standings = dict(Statement.objects.values_list("text", "standing"))
    assert standings == {"spring 2027": "withdrawn", "autumn 2027": "current"}
    page.goto(f"{live_server.url}{launch.get_absolute_url()}")
    expect(page.locator("s").first).to_have_text("spring 2027")


def test_the_keyboard_alone_notes_that_there_was_no_news(page, live_server, password, launch):
    log_in(page, live_server, password)
    button = page.get_by_role("button", name="Checked, no news of ISSA-J1 launch")
    button.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("Checked, no news: ISSA-J1 launch.")
    launch.refresh_from_db()
    assert launch.last_checked_on > TODAY - timedelta(days=300)


def test_a_file_is_looked_at_and_written(page, live_server, password, launch):
    log_in(page, live_server, password, "/admin/timeline/milestone/import/")
    row = f"{launch.slug},2026-11-19,winter 2027,Astroscale,A\n"
    content = ("milestone,stated_on,text,source,grade\n" + row).encode()
    file = {"name": "said.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Read it").click()

    page.get_by_label("winter 2027-28 (1 Dec 2027").check()
    page.get_by_role("button", name="Answer line 2").click()
    page.get_by_role("button", name="Write 1 row").click()

    expect(page.get_by_text("being written").or_(page.get_by_text("done"))).not_to_have_count(0)
    assert Statement.objects.get(standing="current").edtf == "2027-28"


@pytest.mark.parametrize("at", ["", "timeline/milestone/paste/", "timeline/milestone/import/"])
def test_nothing_sticks_out_on_a_phone(phone, live_server, password, launch, at):
    log_in(phone, live_server, password, f"/admin/{at}")

    expect(phone.locator("h1")).to_be_visible()
    assert phone.evaluate(WIDER_THAN_ITS_WINDOW) <= 0
