"""What is kept of feeds: never more than there is room for, the least used dropped first."""

import pytest

from tests.clock import NOON
from tests.timeline.feeds.asking import request
from timeline.feeds.calendars import PublicCalendar
from timeline.feeds.document import Document
from timeline.feeds.keeping import OVERHEAD, Kept, Record
from timeline.feeds.ready import BytesDropped, Ready

BYTES = 8000
WHOLE = OVERHEAD + BYTES * 5 // 4


def record(body: bytes = b"x") -> Record:
    document = Document(
        body=body * BYTES, media_type="text/calendar", filename="all.ics", last_modified=NOON
    )
    return Record(Ready(document), made_of=body, address=PublicCalendar("", ""))


def keys(kept: Kept) -> set[str]:
    return {path for path, _ in kept.records}


def has_bytes(kept: Kept, path: str) -> bool:
    return kept.records[path, ""].ready.held is not None


def test_what_fits_is_kept_whole():
    kept = Kept(room=2 * WHOLE)

    kept.put(("a", ""), record())
    kept.put(("b", ""), record())

    assert [has_bytes(kept, path) for path in "ab"] == [True, True]


def test_the_bytes_of_the_oldest_go_first_and_it_is_still_known():
    kept = Kept(room=2 * WHOLE)

    for path in "abc":
        kept.put((path, ""), record())

    assert keys(kept) == {"a", "b", "c"}
    assert [has_bytes(kept, path) for path in "abc"] == [False, False, True]


def test_what_was_used_since_is_spared():
    kept = Kept(room=2 * WHOLE + OVERHEAD)
    kept.put(("a", ""), record())
    kept.put(("b", ""), record())
    kept.records["a", ""].was_used = True

    kept.put(("c", ""), record())

    assert [has_bytes(kept, path) for path in "abc"] == [True, False, True]


def test_records_without_bytes_go_when_there_is_no_room_even_for_them():
    kept = Kept(room=WHOLE)

    for path in "abcdef":
        kept.put((path, ""), record())

    # Two that are lean take less than one that is whole.
    assert keys(kept) == {"e", "f"}


def test_the_bytes_of_all_go_before_any_record_does():
    kept = Kept(room=10 * WHOLE)
    numbers = [str(number) for number in range(20)]

    for number in numbers:
        kept.put((number, ""), record())

    assert keys(kept) == set(numbers)
    assert [has_bytes(kept, number) for number in numbers] == [False] * 15 + [True] * 5


def test_one_put_again_counts_once():
    kept = Kept(room=2 * WHOLE)

    for _ in range(9):
        kept.put(("a", ""), record())
    kept.put(("b", ""), record())

    assert [has_bytes(kept, path) for path in "ab"] == [True, True]


def test_without_room_nothing_is_kept():
    kept = Kept(room=0)

    kept.put(("a", ""), record())

    assert keys(kept) == set()


def test_who_has_a_document_is_told_so_though_its_bytes_are_dropped():
    ready = record().ready
    tag = dict(ready.answer(request("/")).headers)["ETag"]
    ready.held = None

    assert ready.answer(request("/", If_None_Match=tag)).status == "304 Not Modified"
    with pytest.raises(BytesDropped):
        ready.answer(request("/"))
