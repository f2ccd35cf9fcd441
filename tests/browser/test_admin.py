from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.clock import TODAY
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, state
from timeline import editors
from timeline.models import Announcement


@pytest.fixture
def password(transactional_db):
    return editors.create_editor("anna")


@pytest.fixture
def launch(transactional_db):
    """ISSA-J1, published as "spring 2027"."""
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    astroscale = SourceFactory(publisher="Astroscale", grade="A")
    said_on = TODAY - timedelta(days=400)
    state(milestone, "spring 2027", on=said_on, source=astroscale, announce=False)
    return milestone


def log_in(page, live_server, password):
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def open_screen(page, live_server, password):
    log_in(page, live_server, password)
    page.goto(f"{live_server.url}/admin/timeline/milestone/")
    page.get_by_role("link", name="State a date of ISSA-J1 launch").click()
    expect(page.get_by_label("When did they say it will happen?")).to_be_focused()


def name_source(page):
    page.get_by_label("Publisher").fill("Astroscale")
    page.get_by_label("URL").fill("https://astroscale.example/news/7")
    page.get_by_label("Grade").select_option("A")
    page.get_by_label("Said on").fill("today")


def test_an_editor_states_a_slip_and_the_announcement_is_held(page, live_server, password, launch):
    said = []
    page.on("console", lambda message: said.append(message.text))
    open_screen(page, live_server, password)

    page.get_by_label("When did they say it will happen?").fill("autumn 2027")
    reading = page.get_by_label("Our reading")
    expect(reading.get_by_text("1 Sep – 30 Nov 2027")).to_be_visible()
    expect(reading).to_contain_text("Slipped ≈ 6 months: spring 2027 → autumn 2027")
    expect(page.get_by_role("button", name="Save")).to_be_hidden()
    name_source(page)
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".messagelist")).to_contain_text("Slipped ≈ 6 months")
    expect(page.get_by_role("region", name="What was said").first).to_contain_text("autumn 2027")
    assert Announcement.objects.get().state == "held"
    launch.refresh_from_db()
    assert launch.current_revision.edtf == "2027-27"
    assert [text for text in said if "Content Security Policy" in text] == []


def test_it_works_without_javascript(open_page, live_server, password, launch):
    page = open_page(java_script_enabled=False)
    open_screen(page, live_server, password)
    page.get_by_label("When did they say it will happen?").fill("autumn 2027")
    name_source(page)

    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Our reading")).to_contain_text("Slipped ≈ 6 months")
    assert not Announcement.objects.exists()
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".messagelist")).to_contain_text("Slipped ≈ 6 months")
    assert Announcement.objects.get().state == "held"


def test_the_keyboard_alone_suffices(page, live_server, password, launch):
    open_screen(page, live_server, password)
    source = launch.current_revision.statement.source

    page.keyboard.type("winter 2027")
    expect(page.get_by_label("Our reading").get_by_role("radio")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.type(source.publisher)
    page.keyboard.press("Tab")
    page.keyboard.type("today")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Our reading")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Our reading").get_by_role("radio").first).to_be_focused()
    expect(page.get_by_role("button", name="Save")).to_be_enabled()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("winter 2027")
    assert Announcement.objects.get().state == "held"


def test_what_was_typed_before_the_script_came_is_read_once_it_is_there(
    page, live_server, password, launch
):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/state.js", hold)
    log_in(page, live_server, password)
    page.goto(f"{live_server.url}/admin/timeline/milestone/{launch.pk}/state/", wait_until="commit")
    page.get_by_label("When did they say it will happen?").fill("autumn 2027")
    expect(page.get_by_label("Our reading")).to_contain_text("the reading appears here")

    held.pop().continue_()

    expect(page.get_by_label("Our reading")).to_contain_text("1 Sep – 30 Nov 2027")


def test_what_is_out_of_date_cannot_be_saved(page, live_server, password, launch):
    open_screen(page, live_server, password)
    page.get_by_label("When did they say it will happen?").fill("autumn 2027")
    name_source(page)
    save = page.get_by_role("button", name="Save")
    expect(save).to_be_enabled()

    page.route("**/reading/", lambda route: route.abort())
    page.get_by_label("When did they say it will happen?").fill("2029")

    expect(page.get_by_role("button", name="Not up to date. Press Preview.")).to_be_disabled()


def test_a_phone_shows_the_whole_screen(phone, live_server, password, launch):
    log_in(phone, live_server, password)
    phone.goto(f"{live_server.url}/admin/timeline/milestone/{launch.pk}/state/")
    phone.get_by_label("When did they say it will happen?").fill("autumn 2027")

    expect(phone.locator("#echo")).to_have_text("1 Sep – 30 Nov 2027")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


LISTS = ["milestone", "statement", "revision", "announcement", "source"]


@pytest.fixture
def long_rows(transactional_db):
    """What makes lists wide: long names, words and changes."""
    programme = ProgrammeFactory(title="Asia-Pacific Space Cooperation Summit")
    milestone = MilestoneFactory(
        title="LUPEX / Chandrayaan-5 implementing arrangement signed", programme=programme
    )
    source = SourceFactory(
        publisher="Ministry of External Affairs", title="Joint statement on space cooperation"
    )
    state(milestone, "no earlier than March 2027", on=TODAY - timedelta(days=9), source=source)
    state(milestone, "by 2029")


@pytest.mark.parametrize("model", LISTS)
def test_no_column_of_a_list_is_cut_off(open_page, live_server, password, long_rows, model):
    page = open_page(viewport={"width": 1180, "height": 800})
    log_in(page, live_server, password)

    page.goto(f"{live_server.url}/admin/timeline/{model}/")

    box = page.locator(".results")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0


@pytest.mark.parametrize("model", LISTS)
def test_a_list_scrolls_in_its_box_on_a_phone(phone, live_server, password, long_rows, model):
    log_in(phone, live_server, password)

    phone.goto(f"{live_server.url}/admin/timeline/{model}/")

    name = phone.locator("#result_list tbody tr").first.locator("th, td").nth(1)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert phone.locator(".results").evaluate("box => getComputedStyle(box).overflowX") == "auto"
    assert name.bounding_box()["x"] < 300
