from importlib import reload

import pytest

from tracker import urls


@pytest.fixture
def paths(settings):
    """What the project answers to, as it starts with these settings."""
    yield lambda: [str(pattern.pattern) for pattern in reload(urls).urlpatterns]
    settings.MILEPOST_MAIL_BACKEND = ""
    reload(urls)


def test_where_no_provider_sends_our_mails_none_can_report(paths):
    assert "anymail/" not in paths()


def test_a_provider_reports_where_it_is_configured(paths, settings):
    settings.MILEPOST_MAIL_BACKEND = "anymail.backends.postmark.EmailBackend"

    assert "anymail/" in paths()
