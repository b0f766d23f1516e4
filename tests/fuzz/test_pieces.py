"""Several things in one input."""

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.pieces import MAX_PIECES, joined, split


@given(st.lists(st.binary(max_size=400), max_size=20))
def test_what_was_joined_is_split_again(pieces: list[bytes]) -> None:
    assert split(joined(pieces)) == pieces


@given(st.binary())
def test_any_input_can_be_split(data: bytes) -> None:
    assert sum(map(len, split(data))) <= len(data)


def test_pieces_are_bounded() -> None:
    assert len(split(bytes(10_000))) == MAX_PIECES
