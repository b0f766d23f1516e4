"""QUIC's variable-length integers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic import varint
from tests.addons.names.quic import initials


@pytest.mark.parametrize(
    ("written", "number"),
    [  # RFC 9000, appendix A.1
        ("c2197c5eff14e88c", 151_288_809_941_952_652),
        ("9d7f3e7d", 494_878_333),
        ("7bbd", 15_293),
        ("25", 37),
        ("4025", 37),
    ],
)
def test_examples_of_the_standard(written: str, number: int) -> None:
    data = bytes.fromhex(written)
    assert varint.parse_varint(b"before" + data + b"after", 6) == (number, 6 + len(data))


@given(st.integers(0, (1 << 62) - 1))
def test_every_number_is_read_as_it_was_written(number: int) -> None:
    data = initials.integer(number)
    assert varint.parse_varint(data, 0) == (number, len(data))
    with pytest.raises(IndexError):
        varint.parse_varint(data[:-1], 0)
