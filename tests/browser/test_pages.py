from datetime import date

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, TagFactory, state
from timeline.changes import StatementKind

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/",
    "/past/",
    "/changes/",
    "/programmes/",
    "/programmes/issa/",
    "/tags/launch/",
    "/milestones/issa-j1/",
    "/milestones/landed/",
    "/?as_of=2025-06-01",
    "/?programme=issa&tag=launch",
    "/changes/?tag=launch",
    "/?as_of=x",
]


@pytest.fixture(autouse=True)
def _content(monkeypatch: pytest.MonkeyPatch, live_server) -> None:
    """Dates of every form, one of them moved often; the clock stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    issa = ProgrammeFactory(slug="issa", title="In-orbit servicing and refuelling of satellites")
    launch = TagFactory(slug="launch", name="launch")
    j1 = MilestoneFactory(slug="issa-j1", title="ISSA-J1 launch", programme=issa)
    j1.tags.add(launch)
    long_name = SourceFactory(publisher="A-publisher-with-a-very-long-name-of-one-word" * 2)
    for number, words in enumerate(["TBD", "2025", "NET March 2026", "by 2027", "spring 2027"]):
        state(j1, words, on=date(2023, 1 + number, 1), source=long_name)
    state(j1, "2029", on=date(2024, 1, 1), standing="dissent")
    landed = MilestoneFactory(slug="landed", title="Landing", programme=issa)
    state(landed, "2024", on=date(2023, 1, 1))
    state(landed, "3 March 2026", on=date(2026, 3, 3), kind=StatementKind.OCCURRED)
    for words in ["around 2028", "NET 2027", "15 March 2027", "2030s", "October 2026", "TBD"]:
        state(MilestoneFactory(title=f"One of {words}"), words, on=date(2026, 9, 1))


def test_the_timeline_shows_when_issa_j1_is_planned(page: Page, live_server):
    page.goto(live_server.url)

    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="ISSA-J1"))
    expect(row.locator(".chip")).to_have_text("spring 2027")
    row.get_by_role("link", name="ISSA-J1").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("ISSA-J1 launch")
    expect(page.locator(".big-date")).to_have_text("spring 2027")
    expect(page.locator("svg.slip-chart")).to_be_visible()


def test_the_keyboard_reaches_the_skip_link_first_and_then_the_pages(page: Page, live_server):
    page.goto(live_server.url)
    focused = page.locator(":focus")

    page.keyboard.press("Tab")
    expect(focused).to_have_text("Skip to the content")
    expect(focused).to_be_in_viewport()
    for name in ["Milepost", "Timeline", "Changes", "Calendar", "Subscribe", "API"]:
        page.keyboard.press("Tab")
        expect(focused).to_have_text(name)

    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("name", "as_of")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(open_page, live_server, width):
    page = open_page(viewport={"width": width, "height": 800})

    wide = {path: on(page, live_server, path, WIDTH) for path in PAGES}

    assert wide == dict.fromkeys(PAGES, width)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_name_in_one_word_makes_no_page_wider(
    open_page, live_server, settings, tmp_path, width
):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)
    name = "W" * 120
    (tmp_path / "long.eml").write_text(f"To: {name}@example.org\nSubject: {name}\n\n{name}\n")
    group = ProgrammeFactory(slug="long", title=name)
    long = MilestoneFactory(slug="long", title=name, programme=group)
    long.tags.add(TagFactory(slug="long", name=name[:60]))
    for words in ["2026", "2027", "cancelled"]:
        state(long, words, on=date(2026, 9, 1))
    paths = ["/", "/past/", "/changes/", "/programmes/", "/milestones/long/", "/programmes/long/"]
    paths += ["/tags/long/", "/subscribe/?milestone=long", "/mails/", "/mails/long/"]
    page = open_page(viewport={"width": width, "height": 800})

    wide = {path: on(page, live_server, path, WIDTH) for path in paths}

    assert wide == dict.fromkeys(paths, width)


def test_a_phone_shows_every_column_of_the_mails(phone: Page, live_server, settings, tmp_path):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)
    moment = "Fri, 20 Nov 2026 12:00:00 +0000"
    mail = f"To: reader@example.org\nSubject: ISSA-J1\nDate: {moment}\n\n"
    (tmp_path / "one.eml").write_text(mail)

    phone.goto(live_server.url + "/mails/")

    expect(phone.get_by_text(moment)).to_be_in_viewport(ratio=1)
    parts = ["ISSA-J1", "reader@example.org", moment]
    boxes = [phone.locator("tr > *", has_text=part).bounding_box() for part in parts]
    assert len({box["x"] for box in boxes}) == 1, "each part stands below the one before"


def test_no_page_complains_in_the_console(page: Page, live_server):
    said: list[str] = []
    page.on("console", lambda message: said.append(told(message)))
    page.on("pageerror", lambda error: said.append(str(error)))

    for path in PAGES[:-1]:
        page.goto(live_server.url + path)

    assert said == []


def test_the_data_in_a_page_is_neither_run_nor_refused(page: Page, live_server):
    evil = "</script><b>x</b><script>document.title = 'run'</script>"
    state(MilestoneFactory(slug="evil", title=evil), "2027", on=date(2026, 9, 1))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " (event) => { window.refused = event.violatedDirective; })"
    )

    page.goto(live_server.url + "/milestones/evil/")

    data = page.locator("script[type='application/ld+json']").evaluate("e => JSON.parse(e.text)")
    assert data["name"] == evil
    expect(page).to_have_title(f"{evil}: 2027 · Milepost")
    assert page.evaluate("window.refused") is None


def told(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


def test_a_past_day_can_be_asked_for(page: Page, live_server):
    page.goto(live_server.url)

    page.get_by_label("As it looked on").fill("2023-03-20")
    page.get_by_role("button", name="Show").click()

    expect(page.locator(".chip")).to_have_text(["2024", "not before March 2026"])


def test_without_script_everything_is_there(open_page, live_server):
    page = open_page(java_script_enabled=False)

    page.goto(live_server.url + "/milestones/issa-j1/")

    expect(page.locator(".big-date")).to_have_text("spring 2027")
    expect(page.locator("svg.slip-chart")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_their_ground(open_page, live_server, scheme):
    page = open_page(color_scheme=scheme)

    faint = {path: on(page, live_server, path, TOO_FAINT) for path in PAGES}

    assert faint == {path: [] for path in PAGES}


def on(page: Page, live_server, path: str, script: str):
    """What a script finds on the page at a path."""
    page.goto(live_server.url + path)
    return page.evaluate(script)


WIDTH = "document.documentElement.scrollWidth"


# WCAG 2.2, 1.4.3: the contrast of each text with the first opaque ground behind it.
TOO_FAINT = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const style = getComputedStyle(e);
    const svg = e.closest("svg");
    const [a, b] = [light(rgb(svg ? style.fill : style.color)), light(ground(svg || e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${e.textContent.trim()}`);
  }
  return [...new Set(faint)];
}"""
