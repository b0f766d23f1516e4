"""Ranges of numbers: what is in them, and one number for each way of being in several."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.steering.value_set import ValueSet, find_representatives

LAST = 40
RANGES = st.lists(
    st.tuples(st.integers(0, LAST), st.integers(0, LAST)).map(lambda pair: tuple(sorted(pair))),
    max_size=4,
)


@given(RANGES)
def test_a_number_is_in_it_when_it_is_in_a_range(ranges: list[tuple[int, int]]) -> None:
    values = ValueSet(ranges)
    for number in range(LAST + 1):
        assert (number in values) is any(first <= number <= last for first, last in ranges)


@given(st.lists(RANGES, max_size=4))
def test_every_way_of_being_in_sets_has_one_number(many: list[list[tuple[int, int]]]) -> None:
    sets = [ValueSet(ranges) for ranges in many]
    ways = [tuple(number in values for values in sets) for number in range(LAST + 1)]
    chosen = find_representatives(sets, LAST)
    assert sorted(ways[number] for number in chosen) == sorted(set(ways))
