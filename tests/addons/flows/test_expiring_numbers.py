"""A packed set or map holds what was added last, each until it expires."""

from hypothesis import given
from hypothesis import strategies as st

from addons.flows.expiring_numbers import add_number, add_pair, holds_number, numbers_of

MAX_NUMBERS = 4
numbers = st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-3, 3)
entries = st.lists(st.tuples(numbers, st.floats(0, 100)), max_size=10)


@given(entries, st.floats(0, 100))
def test_it_is_what_a_dictionary_would_be(added: list[tuple[int, float]], now: float) -> None:
    packed, expected = b"", dict[int, float]()
    for number, until in added:
        packed = add_number(packed, number, until, MAX_NUMBERS)
        expected[number] = max(until, expected.pop(number, until))
        if len(expected) > MAX_NUMBERS:
            del expected[next(iter(expected))]
    valid = [number for number, until in expected.items() if now <= until]
    for number, _ in added:
        assert holds_number(packed, number, now) == (number in valid)


keys = st.integers(-2, 2)
pairs = st.lists(st.tuples(keys, numbers, st.floats(0, 100)), max_size=10)


@given(pairs, st.floats(0, 100))
def test_map_is_what_a_dictionary_would_be(added: list[tuple[int, int, float]], now: float) -> None:
    packed, expected = b"", dict[tuple[int, int], float]()
    for key, number, until in added:
        packed = add_pair(packed, key, number, until, MAX_NUMBERS)
        expected[key, number] = max(until, expected.pop((key, number), until))
        if len(expected) > MAX_NUMBERS:
            del expected[next(iter(expected))]
    for key in range(-2, 3):
        had = [number for (of, number), until in expected.items() if of == key and now <= until]
        assert numbers_of(packed, key, now) == had[::-1]


def test_number_is_found_where_it_stands_and_not_across_two() -> None:
    packed = add_number(add_number(b"", 1 << 56, 0.0, MAX_NUMBERS), 5, 0.0, MAX_NUMBERS)
    inside = int.from_bytes(packed[4:12], "little", signed=True)
    assert not holds_number(packed, inside, 0.0)
    assert holds_number(packed, 5, 0.0)
