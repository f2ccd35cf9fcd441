from collections.abc import Callable, Iterator

import pytest

from tests.calendars import parsers, strict
from tests.machine import find_ical_js, find_libical

Read = Callable[[bytes], parsers.Component]


@pytest.fixture(scope="session")
def ical_js() -> Iterator[parsers.IcalJs]:
    with parsers.ical_js(str(find_ical_js())) as reader:
        yield reader


@pytest.fixture(scope="session")
def libical() -> parsers.Libical:
    return parsers.Libical(str(find_libical()))


@pytest.fixture
def read_by_all(ical_js: parsers.IcalJs, libical: parsers.Libical) -> Read:
    """What icalendar, ical.js, libical and our own reader read alike, as jCal."""

    def read(body: bytes) -> parsers.Component:
        told = parsers.icalendar_reads(body)
        assert ical_js.reads(body) == told
        assert libical.reads(body) == told
        assert parsers.texts(told) == strict.texts(strict.read(body))
        return told

    return read
