import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect


@pytest.fixture
def editor(transactional_db):
    return User.objects.create_superuser("mika", password="correct horse battery")


def log_in(page, url, password):
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill("mika")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_an_editor_logs_in_and_nothing_breaks_the_content_security_policy(
    page, live_server, editor
):
    said = []
    page.on("console", lambda message: said.append(message.text))

    log_in(page, live_server.url, "correct horse battery")

    expect(page.get_by_role("heading", name="Editor’s desk")).to_be_visible()
    assert [text for text in said if "Content Security Policy" in text] == []


def test_guessing_at_the_log_in_is_slowed_down(page, live_server, editor):
    for _ in range(5):
        log_in(page, live_server.url, "guessed")

    log_in(page, live_server.url, "correct horse battery")

    expect(page.get_by_text("Account locked: too many login attempts.")).to_be_visible()


def test_a_phone_and_the_dark_are_what_they_say(phone, dark):
    for page in (phone, dark):
        page.set_content('<meta name="viewport" content="width=device-width">')
    night = "matchMedia('(prefers-color-scheme: dark)').matches"

    assert (phone.evaluate("innerWidth"), phone.evaluate(night)) == (360, False)
    assert (dark.evaluate("innerWidth"), dark.evaluate(night)) == (1280, True)
