import pytest

from tests.clock import NOON
from tests.factories import MilestoneFactory
from tests.timeline.importing.files import csv_file
from timeline.importing import import_files


@pytest.fixture
def milestone():
    return MilestoneFactory(slug="issa-j1-launch", title="ISSA-J1 launch")


@pytest.fixture
def imported(tmp_path):
    """Import rows, each like a good one except for what is given."""

    def write_and_import(*rows, at=NOON, **options):
        return import_files([csv_file(tmp_path, *rows)], at=at, **options)

    return write_and_import
