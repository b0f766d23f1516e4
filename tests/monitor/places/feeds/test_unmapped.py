"""What is attached to something that no line of the mapping names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.places.attachment_map import AttachmentKind
from monitor.places.feeds.unmapped import (
    MAX_NAME_LENGTH,
    MAX_UNMAPPED,
    UnmappedAttachments,
    printable_name,
)
from tests.cast import unmapped_at_once

AP, VLAN, CIRCUIT = AttachmentKind.ACCESS_POINT, AttachmentKind.VLAN, AttachmentKind.CIRCUIT
PHONE = "02:00:00:aa:bb:cc"


def noted(kind: AttachmentKind, *names: str) -> list[str]:
    unmapped = unmapped_at_once()
    unmapped.record(kind, *names)
    return unmapped.listed


def test_it_is_named_as_a_line_of_the_mapping_would_be() -> None:
    assert noted(AP, "70-3A-0E-11-22-33", "ap-b205") == ["access_point 70-3A-0E-11-22-33 (ap-b205)"]
    assert noted(VLAN, "300") == ["vlan 300"]
    assert noted(CIRCUIT, "", "") == []


def test_each_is_there_once_by_the_alphabet() -> None:
    unmapped = unmapped_at_once()
    for name in ("301", "300", "301"):
        unmapped.record(VLAN, name)
    assert unmapped.listed == ["vlan 300", "vlan 301"]


def test_what_comes_in_an_hour_is_listed_after_it() -> None:
    now = 9 * 3600.0
    unmapped = UnmappedAttachments(lambda: now)
    unmapped.record(VLAN, "300")
    assert unmapped.listed == []
    now += 3600
    unmapped.record(VLAN, "301")
    assert unmapped.listed == ["vlan 300"]
    unmapped.record(VLAN, "300")
    assert unmapped.listed == ["vlan 300"], "that somebody came again shows nothing"


def test_only_so_many_are_kept() -> None:
    unmapped = unmapped_at_once()
    for number in range(MAX_UNMAPPED + 5):
        unmapped.record(VLAN, str(number))
    assert len(unmapped.listed) == MAX_UNMAPPED
    assert f"vlan {MAX_UNMAPPED + 4}" in unmapped.listed


@pytest.mark.parametrize(
    "name",
    [
        *(PHONE, "020000aabbcc", "0200.00AA.BBCC", "ap1-02-00-00-AA-BB-CC-eduroam"),
        "0006020000aabbcc",
    ],
)
def test_what_may_be_the_mac_address_of_a_client_is_left_out(name: str) -> None:
    """Some relays can be told to give it as the remote: what is left is the circuit."""
    assert noted(CIRCUIT, "ge-0/0/4", name) == ["circuit ge-0/0/4"]
    assert noted(VLAN, name) == []


def test_a_port_in_numbers_as_ciscos_relays_give_it_is_none() -> None:
    assert noted(CIRCUIT, "000400cc0104") == ["circuit 000400cc0104"]


def test_a_name_does_nothing_to_a_terminal_and_has_an_end() -> None:
    assert noted(AP, "a\x1b[2J\n\u202eb") == ["access_point a\\x1b[2J\\n\\u202eb"]
    assert noted(VLAN, "x" * 999) == [f"vlan {'x' * MAX_NAME_LENGTH}…"]


@given(st.text())
def test_whatever_the_name_it_prints_and_is_the_same_when_it_is_shown_again(name: str) -> None:
    once = printable_name(name)
    assert once.isprintable()
    assert printable_name(once, 12 * MAX_NAME_LENGTH) == once
