"""MAC addresses as they are written, and in what a DHCPv6 client calls itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.places.hardware_address import mac_of_duid, parse_ipv6_hardware, parse_mac

MAC = bytes.fromhex("703a0e112233")


@pytest.mark.parametrize(
    "text", ["70-3A-0E-11-22-33", "70:3a:0e:11:22:33", "703a.0e11.2233", " 703a0e112233 "]
)
def test_a_mac_address_is_read_however_it_is_written(text: str) -> None:
    assert parse_mac(text) == MAC


@pytest.mark.parametrize("text", ["", "*", "703a0e1122", "70:3a:0e:11:22:33:44", "jan.jansen"])
def test_what_is_no_mac_address_is_nothing(text: str) -> None:
    assert parse_mac(text) == b""


@given(st.text())
def test_any_text_is_six_bytes_or_nothing(text: str) -> None:
    assert len(parse_mac(text)) in {0, 6}


@pytest.mark.parametrize(
    ("duid", "mac"),
    [
        (bytes.fromhex("0001000131415926") + MAC, MAC),
        (bytes.fromhex("00030001") + MAC, MAC),
        (bytes.fromhex("0003001b") + MAC, b""),
        (bytes.fromhex("000200002a") + MAC, b""),
        (bytes.fromhex("0004") + bytes(16), b""),
        (bytes.fromhex("00030001") + MAC + b"x", b""),
        (b"", b""),
    ],
)
def test_a_duid_is_made_of_a_mac_address_or_not(duid: bytes, mac: bytes) -> None:
    assert mac_of_duid(duid) == mac


@pytest.mark.parametrize(
    ("said", "duid", "hardware"),
    [
        (MAC.hex(":"), "00:04:" + "aa:" * 15 + "aa", MAC),
        (MAC.hex(":"), "00:03:00:01:02:00:00:00:00:99", MAC),
        (MAC.hex(":"), f"00:03:00:01:{MAC.hex(':')}", b""),
        (MAC.hex(":"), f"00:01:00:01:31:41:59:26:{MAC.hex(':')}", b""),
        (MAC.hex(":"), "no duid", MAC),
        ("", f"00:03:00:01:{MAC.hex(':')}", b""),
        ("", "", b""),
    ],
)
def test_a_client_of_dhcpv6_is_known_by_a_mac_address_that_is_not_its_duid_s(
    said: str, duid: str, hardware: bytes
) -> None:
    """A laptop's DUID may be made of its cable's MAC address: it would be two devices."""
    assert parse_ipv6_hardware(said, duid) == hardware
