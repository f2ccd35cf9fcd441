"""Mails as a mail program shows them: on a phone, and at night."""

import pytest

from tests.browser.conftest import PHONE
from tests.notifications.messages.gallery import LONG_WORD, drafts
from tests.notifications.messages.mails import html_of, mail_of

# As with a live server: a connection beside the browser's event loop is not closed by a rollback.
pytestmark = pytest.mark.django_db(transaction=True)

# The contrast of each text with the colour behind it (WCAG 2.2), where it is below 4.5 : 1.
FAINT = """() => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => [r, g, b]
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const found = channels(getComputedStyle(one).backgroundColor)
      if (found.length === 3 || found[3] === 1) return found
    }
    return [255, 255, 255]
  }
  const found = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue
    const pair = [light(channels(getComputedStyle(element).color)), light(behind(element))]
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
    if (contrast < 4.5) found.push([texts.currentNode.data.trim(), contrast])
  }
  return found
}"""
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
LIGHTNESS = """getComputedStyle(document.body).backgroundColor.match(/\\d+/g)
  .reduce((sum, part) => sum + Number(part) / 3, 0)"""


@pytest.fixture
def mails(settings):
    """The HTML of one mail of each kind, for somebody who follows what has a long name."""
    settings.MILEPOST_POSTAL_ADDRESS = f"{LONG_WORD}, 1 Road, Bengaluru"
    why = f"the programme {LONG_WORD}"
    return {name: html_of(mail_of(draft, why=why)) for name, draft in drafts().items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_mail_fits_a_phone_and_can_be_read_by_day_and_by_night(mails, open_page, scheme):
    page = open_page(viewport=PHONE, is_mobile=True, color_scheme=scheme)
    seen = {}

    for name, html in mails.items():
        page.set_content(html)
        shown, fits = page.evaluate(WIDTHS)
        is_dark = page.evaluate(LIGHTNESS) < 64
        seen[name] = (shown <= fits, is_dark, page.evaluate(FAINT))

    assert seen == dict.fromkeys(mails, (True, scheme == "dark", []))


def test_each_mail_is_a_column_of_600_pixels_on_a_desk(mails, page):
    widths = {}

    for name, html in mails.items():
        page.set_content(html)
        widths[name] = page.locator("table.page").bounding_box()["width"]

    assert widths == dict.fromkeys(mails, 600)


def test_what_only_a_list_of_mails_shows_is_not_in_the_mail(mails, page):
    for html in mails.values():
        page.set_content(html)

        assert not page.locator(".preheader").is_visible()
