"""What is not put again is forgotten, and never more is kept than may be."""

from hypothesis import given
from hypothesis import strategies as st

from addons.flows.generation_cache import GenerationCache

LIFETIME = 60.0


def test_value_is_that_which_was_put_last() -> None:
    cache = GenerationCache[str, int](8, LIFETIME)
    assert cache.get("a") is None
    cache.put("a", 1)
    cache.put("a", 2)
    assert cache.get("a") == 2
    cache.drop("a")
    assert cache.get("a") is None


def test_entry_outlives_one_lifetime_and_not_two() -> None:
    cache = GenerationCache[str, int](8, LIFETIME)
    cache.age(0.0)
    cache.put("a", 1)
    cache.age(LIFETIME)
    assert cache.get("a") == 1
    cache.age(2 * LIFETIME)
    assert cache.get("a") is None


def test_all_is_forgotten_after_a_long_silence() -> None:
    cache = GenerationCache[str, int](8, LIFETIME)
    cache.age(0.0)
    cache.put("a", 1)
    cache.age(3 * LIFETIME)
    assert cache.get("a") is None


@given(st.lists(st.integers(0, 40)))
def test_no_more_is_kept_than_may_be_and_the_latest_stay(keys: list[int]) -> None:
    cache = GenerationCache[int, int](8, LIFETIME)
    for number, key in enumerate(keys):
        cache.put(key, number)
        assert sum(map(len, cache.generations)) <= 8
    latest = list(dict.fromkeys(reversed(keys)))[:4]
    assert all(cache.get(key) is not None for key in latest)
