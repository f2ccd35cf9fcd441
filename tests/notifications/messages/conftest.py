import pytest

from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"
    settings.MILEPOST_MAIL_FROM = "Milepost <news@milepost.example>"


@pytest.fixture
def launch():
    programme = ProgrammeFactory(title="ISSA", slug="issa")
    return MilestoneFactory(title="ISSA-J1 launch", slug="issa-j1-launch", programme=programme)


@pytest.fixture
def source():
    return SourceFactory(
        publisher="Astroscale", title="Update on ISSA-J1", url="https://astroscale.example/news"
    )
