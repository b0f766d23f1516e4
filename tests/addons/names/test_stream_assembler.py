"""Putting pieces together, and that of two that differ the first counts."""

from hypothesis import example, given
from hypothesis import strategies as st

from addons.names.client_hello import MAX_SIZE
from addons.names.stream_assembler import MAX_WAITING, StreamAssembler

TEXT = bytes(range(256))


def joined(*pieces: tuple[int, bytes]) -> bytes:
    stream = StreamAssembler()
    for piece in pieces:
        stream.add(*piece)
    return stream.contiguous


def test_pieces_in_order() -> None:
    assert joined((0, b"one "), (4, b"two "), (8, b"three")) == b"one two three"


def test_pieces_out_of_order() -> None:
    assert joined((8, b"three"), (4, b"two ")) == b""
    assert joined((8, b"three"), (4, b"two "), (0, b"one ")) == b"one two three"


def test_first_counts_where_pieces_overlap() -> None:
    assert joined((0, b"first"), (0, b"other and more")) == b"first and more"
    assert joined((5, b"first"), (0, b"otherOTHERother")) == b"otherfirstother"
    assert joined((2, b"ab"), (6, b"cd"), (0, b"0123456789")) == b"01ab45cd89"
    assert joined((2, b"ab"), (3, b"xcd"), (0, b"01")) == b"01abcd"


def test_whether_the_start_grew() -> None:
    stream = StreamAssembler()
    assert not stream.add(4, b"two")
    assert stream.add(0, b"one ")
    assert not stream.add(0, b"one two")
    assert not stream.add(7, b"")


def test_what_is_kept_is_bounded() -> None:
    stream = StreamAssembler()
    stream.add(1, bytes(2 * MAX_SIZE))
    stream.add(MAX_SIZE, b"beyond")
    stream.add(1 << 61, b"far beyond")
    stream.add(0, b"x")
    assert len(stream.contiguous) == MAX_SIZE


def test_how_many_pieces_wait_is_bounded() -> None:
    size = 2 * (MAX_WAITING + 10)
    start = joined(
        *((at, b"x") for at in range(1, size, 2)), *((at, b"o") for at in range(0, size, 2))
    )
    assert start.startswith(b"ox" * MAX_WAITING)
    assert len(start) == 2 * MAX_WAITING + 1


def test_one_piece_fills_no_more_gaps_than_may_wait() -> None:
    waiting = [(at, b"x") for at in range(3, 2 * MAX_WAITING, 2)]
    assert len(waiting) == MAX_WAITING - 1
    assert joined(*waiting, (2, b"o" * 1_000), (0, b"ab")) == b"abox"


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 80)), max_size=40))
@example([(5, 5), (12, 3), (0, 20)])
def test_any_order_gives_the_same(places: list[tuple[int, int]]) -> None:
    there: set[int] = set()
    stream = StreamAssembler()
    for at, size in places:
        stream.add(at, TEXT[at : at + size])
        there.update(range(at, min(at + size, 256)))
    whole = next(at for at in range(257) if at not in there)
    assert stream.contiguous == TEXT[:whole]


@given(st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=12)), max_size=30))
def test_first_byte_that_came_to_a_place_stays(pieces: list[tuple[int, bytes]]) -> None:
    came: dict[int, int] = {}
    for at, data in pieces:
        for place, byte in enumerate(data, at):
            came.setdefault(place, byte)
    start = joined(*pieces)
    assert list(start) == [came[at] for at in range(len(start))]
    assert len(start) not in came
