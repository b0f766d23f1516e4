"""Which options and extensions are gone past, and which end the reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import IP, IPOption
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment

from addons.packets import ip_datagram, transport
from addons.packets.ip_datagram import MAX_EXTENSIONS
from addons.packets.link_headers import HardwareEnds
from tests.addons.hellos import hello
from tests.addons.packets import samples
from tests.addons.packets.samples import EXTENSIONS, SEGMENT, SEGMENT_6, ip_4, tcp


def test_ipv4_with_options() -> None:
    packet = ip_4(tcp(hello()), options=[IPOption(b"\x94\x04\x00\x00")] * 5)
    read = ip_datagram.parse_datagram(bytes(packet))
    assert read is not None
    assert transport.parse_transport(read, HardwareEnds(samples.STATION)) == SEGMENT


@pytest.mark.parametrize("name", EXTENSIONS)
def test_ipv6_with_extensions(name: str) -> None:
    packet = IPv6(src=samples.PUPIL_6, dst=samples.SITE_6) / EXTENSIONS[name] / tcp(hello())
    read = ip_datagram.parse_datagram(bytes(packet))
    assert read is not None
    assert transport.parse_transport(read, HardwareEnds(samples.STATION)) == SEGMENT_6


@pytest.mark.parametrize(("extensions", "is_read"), [(MAX_EXTENSIONS - 1, True), (50, False)])
def test_a_chain_of_extensions_has_a_bound(extensions: int, *, is_read: bool) -> None:
    packet = IPv6(src=samples.PUPIL_6, dst=samples.SITE_6)
    for _ in range(extensions):
        packet /= IPv6ExtHdrDestOpt()
    assert (ip_datagram.parse_datagram(bytes(packet / tcp(hello()))) is not None) == is_read


def test_a_fragment_of_ipv6_says_where_it_belongs() -> None:
    later = IPv6ExtHdrFragment(id=9, offset=150, m=1, nh=17)
    read = ip_datagram.parse_datagram(
        bytes(IPv6(src=samples.PUPIL_6, dst=samples.SITE_6) / later / b"later")
    )
    assert read is not None
    assert (read.identification, read.offset, read.has_more_fragments) == (9, 1_200, True)
    assert (read.is_fragment, read.protocol, read.content) == (True, 17, b"later")


def test_a_fragment_of_ipv4_says_where_it_belongs() -> None:
    read = ip_datagram.parse_datagram(bytes(IP(id=9, frag=150, flags="MF", proto=17) / b"later"))
    assert read is not None
    assert (read.identification, read.offset, read.has_more_fragments) == (9, 1_200, True)


@pytest.mark.parametrize("content", [b"", b"\x45", b"\x55" + bytes(60), b"\x65", b"\x41" * 40])
def test_what_is_no_ip(content: bytes) -> None:
    assert ip_datagram.parse_datagram(content) is None


@given(st.sampled_from([0x45, 0x4F, 0x60]), st.binary(max_size=200))
def test_any_bytes(first: int, content: bytes) -> None:
    read = ip_datagram.parse_datagram(bytes((first,)) + content)
    if read is not None:
        assert len(read.content) <= len(content)
        assert len(read.source) == len(read.destination)
