import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker import environment


@pytest.mark.parametrize(
    ("given", "meant"),
    [("1", True), ("true", True), ("ON", True), ("0", False), ("no", False), ("", True)],
)
def test_a_flag_is_read_in_the_usual_words(monkeypatch, given, meant):
    monkeypatch.setenv("DEBUG", given)

    assert environment.flag("DEBUG", default=True) is meant


def test_a_flag_in_other_words_is_refused_rather_than_guessed(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")

    with pytest.raises(ImproperlyConfigured, match="DEBUG='maybe': say 1 or 0"):
        environment.flag("DEBUG", default=True)


@pytest.mark.parametrize(("given", "meant"), [("60", 60), ("", 600), ("0", 0)])
def test_a_number_is_read_whole(monkeypatch, given, meant):
    monkeypatch.setenv("MILEPOST_SETTLE_SECONDS", given)

    assert environment.number("MILEPOST_SETTLE_SECONDS", default=600) == meant


@pytest.mark.parametrize("given", ["-1", "1.5", "ten"])
def test_what_is_no_whole_number_is_refused(monkeypatch, given):
    monkeypatch.setenv("EMAIL_PORT", given)

    with pytest.raises(ImproperlyConfigured, match="say a whole number"):
        environment.number("EMAIL_PORT", default=25)


@pytest.mark.parametrize(("given", "meant"), [("mail.example", "mail.example"), ("", "localhost")])
def test_what_is_set_to_nothing_is_not_set(monkeypatch, given, meant):
    monkeypatch.setenv("EMAIL_HOST", given)

    assert environment.text("EMAIL_HOST", default="localhost") == meant


@pytest.mark.parametrize(
    ("given", "meant"),
    [("https://milepost.example/", "https://milepost.example"), ("", "http://localhost:8000")],
)
def test_an_address_has_no_slash_at_its_end(monkeypatch, given, meant):
    monkeypatch.setenv("MILEPOST_BASE_URL", given)

    assert environment.address("MILEPOST_BASE_URL", default="http://localhost:8000") == meant


@pytest.mark.parametrize("given", ["nonsense", "ftp://a.example", "https://", "//a.example"])
def test_what_is_no_web_address_is_refused_by_name(monkeypatch, given):
    monkeypatch.setenv("MILEPOST_BASE_URL", given)

    with pytest.raises(ImproperlyConfigured, match="MILEPOST_BASE_URL="):
        environment.address("MILEPOST_BASE_URL", default="http://localhost:8000")


def test_words_stand_between_commas_or_spaces(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example c.example,")

    assert environment.words("ALLOWED_HOSTS") == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize(
    ("redis_url", "broker"),
    [
        ("", "memory://localhost"),
        ("redis://cache:6379/1", "redis://cache:6379/1"),
        ("rediss://cache:6379/0", "rediss://cache:6379/0"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
    ],
)
def test_celery_names_the_same_redis_in_its_own_way(redis_url, broker):
    assert environment.broker(redis_url) == broker


def test_a_secret_is_made_once_and_readable_only_by_its_maker(tmp_path):
    path = tmp_path / "var" / "secret-key"

    with ThreadPoolExecutor(8) as starting:
        secrets = set(starting.map(environment.kept_secret, [path] * 32))

    assert secrets == {path.read_text()}
    assert len(path.read_text()) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_settings_of_one_beginning_are_read_by_the_rest_of_their_names(monkeypatch):
    monkeypatch.setenv("POST_KEY", " abc ")
    monkeypatch.setenv("POST_EMPTY", "  ")
    monkeypatch.setenv("COMPOST_KEY", "no")

    assert environment.beginning_with("POST_") == {"KEY": "abc"}
