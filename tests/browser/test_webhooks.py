import re

from playwright.sync_api import Page, expect

from notifications.models import Channel

LONG = f"https://hooks.example/{'w' * 300}"


def register(page: Page, address: str, url: str) -> None:
    page.goto(f"{address}/webhooks/")
    page.wait_for_timeout(2100)  # as people do; robots are quicker
    page.get_by_label("URL").fill(url)
    page.get_by_role("button", name="Register it").click()


def test_a_developer_registers_and_keeps_the_secret(page: Page, live_server):
    register(page, live_server.url, LONG)

    expect(page.get_by_role("heading", level=1)).to_have_text("Registered, and not confirmed yet")
    secret = page.get_by_label(re.compile("The secret that signs"))
    expect(secret).to_have_value(Channel.objects.get().secret)


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(page: Page, live_server):
    register(page, live_server.url, "http://hooks.example/")

    expect(page.get_by_text("It must begin with https://.")).to_be_visible()
    expect(page.get_by_label("URL")).to_have_value("http://hooks.example/")


def test_a_long_address_makes_a_phone_no_wider(phone: Page, live_server):
    register(phone, live_server.url, LONG)

    expect(phone.get_by_text("subscription.confirm")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
