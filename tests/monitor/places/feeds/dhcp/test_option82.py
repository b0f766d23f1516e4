"""Option 82: what a relay says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.places.feeds.dhcp.option82 import RelayInfo, parse_hexadecimal, parse_option82, to_text
from tests.monitor.places.feeds.dhcp.cast import CIRCUIT, OPTION_82, REMOTE

TEXT = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=100)


def test_text_is_text() -> None:
    assert parse_option82(OPTION_82) == RelayInfo(CIRCUIT, REMOTE)
    assert parse_hexadecimal(f"0x{OPTION_82.hex().upper()}") == RelayInfo(CIRCUIT, REMOTE)


def test_numbers_are_hexadecimal() -> None:
    """As one maker has it: a VLAN, a module and a port."""
    assert parse_option82(bytes((1, 6, 0, 4, 0, 204, 1, 5))) == RelayInfo("000400cc0105")
    assert to_text("één".encode()) == "c3a9c3a96e"


def test_of_what_is_cut_short_the_whole_counts() -> None:
    assert parse_option82(OPTION_82[:-1]) == RelayInfo(CIRCUIT)
    assert parse_option82(OPTION_82[:1]) == parse_option82(b"") == RelayInfo()


def test_the_first_counts_and_others_are_ignored() -> None:
    assert parse_option82(b"\x09\x01x\x01\x01a\x01\x01b") == RelayInfo("a")


@pytest.mark.parametrize("wrong", ["0x1", "xyz", "0x01zz"])
def test_what_is_not_hexadecimal_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        parse_hexadecimal(wrong)


@given(TEXT, TEXT)
def test_what_was_written_is_read(circuit: str, remote: str) -> None:
    parts = ((1, circuit.encode()), (2, remote.encode()))
    content = b"".join(bytes((kind, len(value))) + value for kind, value in parts)
    assert parse_option82(content) == parse_hexadecimal(content.hex()) == RelayInfo(circuit, remote)


@given(st.binary(max_size=600))
def test_whatever_the_bytes_what_is_read_can_be_printed(content: bytes) -> None:
    assert all(value.isprintable() and len(value) <= 510 for value in parse_option82(content))
