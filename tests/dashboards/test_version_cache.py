"""What is kept for a version, what makes room, and who waits for whom."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from dashboards.version_cache import MAX_ENTRIES, VersionCache


@pytest.fixture
def numbers() -> Iterator[int]:
    return iter(range(1_000))


def test_what_was_made_is_kept_for_its_version(numbers: Iterator[int]) -> None:
    cache = VersionCache[int]()
    assert cache.get("a", 1, numbers.__next__) == cache.get("a", 1, numbers.__next__) == 0
    assert cache.get("b", 1, numbers.__next__) == 1
    assert cache.get("a", 2, numbers.__next__) == 2
    assert cache.get("a", 1, numbers.__next__) == 3


def test_what_nobody_asks_for_any_more_makes_room(numbers: Iterator[int]) -> None:
    cache = VersionCache[int]()
    for number in range(MAX_ENTRIES):
        cache.get(number, 1, numbers.__next__)
    assert cache.get(0, 1, numbers.__next__) == 0
    cache.get("one more", 1, numbers.__next__)
    assert cache.get(0, 1, numbers.__next__) == 0
    assert cache.get(1, 1, numbers.__next__) == MAX_ENTRIES + 1


def test_what_could_not_be_made_is_tried_again(numbers: Iterator[int]) -> None:
    cache = VersionCache[int]()

    def fail() -> int:
        raise OSError("away")

    with pytest.raises(OSError, match="away"):
        cache.get("a", 1, fail)
    assert cache.get("a", 1, numbers.__next__) == 0


def test_who_asks_at_the_same_time_waits_for_what_is_being_made(numbers: Iterator[int]) -> None:
    cache, is_making, may_finish = VersionCache[int](), Event(), Event()

    def make_slowly() -> int:
        is_making.set()
        assert may_finish.wait(120)
        return next(numbers)

    values: list[int] = []
    threads = [
        Thread(target=lambda: values.append(cache.get("a", 1, make_slowly))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert is_making.wait(120)
    assert cache.get("b", 1, lambda: 7) == 7  # another key waits for nobody
    may_finish.set()
    for thread in threads:
        thread.join(30)
    assert values == [0, 0, 0]
