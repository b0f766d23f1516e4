"""What is read from frames: the same from every link, and nothing that makes a reader fail."""

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.vxlan import VXLAN

from addons.packets import link_types
from addons.packets.frame_parser import MAX_TUNNELS, FrameParser
from addons.packets.link_types import LINK_SKIPPERS, UnknownLinkType
from addons.packets.packet import Packet
from addons.packets.tunnel import Tunnel
from tests.addons.hellos import hello
from tests.addons.packets import samples
from tests.addons.packets.samples import SEGMENT, frame, ip_4, tcp, whole

EVERY_LINK = {**samples.LINKS, **samples.READ_ONLY}
FRAMES = [
    (around.link_type, bytes(around.put(packet)))
    for around in (*EVERY_LINK.values(), *samples.TUNNELS.values())
    for packet, _ in whole()
]
EVERY_TUNNEL = tuple(Tunnel)


def read(link_type: int, content: Any, tunnels: tuple[Tunnel, ...] = ()) -> Packet | None:
    return FrameParser(link_type, tunnels).parse_frame(bytes(content), 0.0)


@pytest.mark.parametrize("name", EVERY_LINK)
def test_every_link(name: str) -> None:
    around = EVERY_LINK[name]
    for packet, said in whole():
        assert read(around.link_type, around.put(packet)) == around.said(said)


@pytest.mark.parametrize("name", samples.TUNNELS)
def test_a_tunnel_that_is_switched_on(name: str) -> None:
    around = samples.TUNNELS[name]
    for packet, said in whole():
        assert read(around.link_type, around.put(packet), around.tunnels) == around.said(said)


@pytest.mark.parametrize("name", samples.TUNNELS)
def test_a_tunnel_that_is_not_switched_on(name: str) -> None:
    around = samples.TUNNELS[name]
    others = tuple({*Tunnel} - {*around.tunnels})
    for packet, said in whole():
        outer = read(around.link_type, around.put(packet), others)
        assert outer is None or (
            outer.destination_port in (4789, 8472, 6081, 2152) and outer != said
        )


def test_ipv4_in_ipv6() -> None:
    packet = frame(IPv6(**samples.OUTER_6, nh=4) / ip_4(tcp(hello())))
    said = SEGMENT._replace(hardware=b"")
    assert read(link_types.ETHERNET, packet, (Tunnel.FOUR_IN_SIX,)) == said
    assert read(link_types.ETHERNET, packet) is None


def test_tunnels_inside_each_other_have_a_bound() -> None:
    packet = ip_4(tcp(hello()))
    for _ in range(MAX_TUNNELS):
        packet = IP(**samples.OUTER) / UDP(dport=4789) / VXLAN() / frame(packet)
    assert read(link_types.ETHERNET, frame(packet), EVERY_TUNNEL) == SEGMENT
    deeper = IP(**samples.OUTER) / UDP(dport=4789) / VXLAN() / frame(packet)
    outer = read(link_types.ETHERNET, frame(deeper), EVERY_TUNNEL)
    assert outer is not None
    assert outer.destination_port == 4789


def test_what_a_tunnel_port_carries_that_is_no_tunnel() -> None:
    packet = read(link_types.ETHERNET, frame(ip_4(samples.udp(b"hello", to=4789))), EVERY_TUNNEL)
    assert packet is not None
    assert packet.payload == b"hello"


def test_the_end_of_a_tunnel_is_not_its_client() -> None:
    """What a concentrator sends for its clients names none of them."""
    inner = frame(ip_4(tcp(hello())))
    inner.src = "02:00:00:00:00:09"
    outer = frame(IP(**samples.OUTER) / UDP(sport=9, dport=4789) / VXLAN() / inner)
    packet = read(link_types.ETHERNET, outer, (Tunnel.VXLAN,))
    assert packet is not None
    assert packet.hardware == bytes.fromhex("020000000009")


@pytest.mark.parametrize("tag", [b"", b"\x81\x00\x00\x65"], ids=["untagged", "of a VLAN"])
def test_what_a_name_server_sends_is_of_the_client_that_it_goes_to(tag: bytes) -> None:
    content = bytes(frame(IP(**samples.OUTER) / UDP(sport=53, dport=40_000) / (b"answer" * 9)))
    packet = read(link_types.ETHERNET, content[:12] + tag + content[12:])
    assert packet is not None
    assert packet.hardware == content[:6]


def test_where_a_link_says_not_who_a_frame_goes_to_an_answer_is_nobodys() -> None:
    around = next(link for link in samples.LINKS.values() if link.link_type == link_types.LINUX_SLL)
    content = around.put(IP(**samples.OUTER) / UDP(sport=53, dport=40_000) / b"answer")
    packet = read(link_types.LINUX_SLL, content)
    assert packet is not None
    assert packet.hardware == b""


@pytest.mark.parametrize("link_type", [link_types.LINUX_SLL, link_types.LINUX_SLL2])
def test_a_link_without_mac_addresses_says_none(link_type: int) -> None:
    """A tunnel's interface, captured with all others, has a source of another length."""
    around = next(around for around in samples.LINKS.values() if around.link_type == link_type)
    content = around.put(ip_4(tcp(hello())))
    content.lladdrlen = 4
    packet = read(link_type, content)
    assert packet is not None
    assert packet.hardware == b""


@pytest.mark.parametrize("padding", [1, 6, 46])
def test_padding_is_no_payload(padding: int) -> None:
    for packet, said in whole():
        assert read(link_types.ETHERNET, bytes(frame(packet)) + bytes(padding)) == said


def test_a_capture_that_keeps_the_first_bytes_only() -> None:
    for packet, said in whole():
        cut = read(link_types.ETHERNET, bytes(frame(packet))[:-10])
        assert cut == said._replace(payload=said.payload[:-10])


def test_a_length_of_nothing_is_what_offload_leaves() -> None:
    assert read(link_types.ETHERNET, frame(ip_4(tcp(hello()), len=0))) == SEGMENT


def test_a_datagram_shorter_than_a_segment_could_be() -> None:
    for said in (b"", b"x", b"xy"):
        packet = read(link_types.ETHERNET, frame(ip_4(samples.udp(said))))
        assert packet is not None
        assert (packet.payload, packet.size) == (said, len(said))


@pytest.mark.parametrize("length", [0, 7, 5_000])
def test_a_datagram_with_a_wrong_length(length: int) -> None:
    """IP's length counts."""
    packet = ip_4(UDP(sport=1, dport=2, len=length) / b"said over UDP")
    for around in (samples.LINKS["Ethernet"], samples.LINKS["one tag"]):
        said = read(around.link_type, around.put(packet))
        assert said is not None
        assert (said.payload, said.size) == (b"said over UDP", 13)


@pytest.mark.parametrize("words", [0, 4, 15])
def test_a_tcp_header_of_an_impossible_length(words: int) -> None:
    segment = bytearray(bytes(tcp(b"")))
    segment[12] = words << 4
    packet = IP(src=samples.PUPIL, dst=samples.SITE, proto=6) / bytes(segment)
    for around in (samples.LINKS["Ethernet"], samples.LINKS["one tag"]):
        assert read(around.link_type, around.put(packet)) is None


def test_other_protocols_are_of_no_use() -> None:
    arp = bytes(12) + b"\x08\x06" + bytes(46)
    icmp = frame(IP(src=samples.PUPIL, dst=samples.SITE, proto=1) / bytes(60))
    assert read(link_types.ETHERNET, arp) is None
    assert read(link_types.ETHERNET, icmp) is None


def test_the_short_way_and_the_long_way_agree() -> None:
    """A service class and a tag do not change what is said."""
    for packet, said in whole()[:2]:
        packet.tos = 0xB8
        assert read(link_types.ETHERNET, frame(packet)) == said


@pytest.mark.parametrize("number", [2, 105, 127, 147, -1])
def test_an_unknown_link_type(number: int) -> None:
    with pytest.raises(UnknownLinkType, match=f"link type {number} cannot be read") as caught:
        FrameParser(number)
    assert caught.value.number == number


@pytest.mark.parametrize(("link_type", "content"), FRAMES)
def test_cut_at_every_length(link_type: int, content: bytes) -> None:
    reader = FrameParser(link_type, EVERY_TUNNEL)
    for length in range(len(content)):
        packet = reader.parse_frame(content[:length], 0.0)
        assert packet is None or len(packet.payload) <= packet.size


@given(st.sampled_from(sorted(LINK_SKIPPERS)), st.lists(st.binary(max_size=300), max_size=5))
def test_any_bytes(link_type: int, contents: list[bytes]) -> None:
    reader = FrameParser(link_type, EVERY_TUNNEL)
    for content in contents:
        packet = reader.parse_frame(content, 0.0)
        assert packet is None or len(packet.payload) <= min(packet.size, len(content))


@given(
    st.sampled_from(FRAMES),
    st.dictionaries(st.integers(0, 120), st.integers(0, 255), min_size=1, max_size=8),
)
def test_changed_frames(sample: tuple[int, bytes], changes: dict[int, int]) -> None:
    link_type, content = sample
    changed = bytearray(content)
    for place, value in changes.items():
        changed[place % len(changed)] = value
    packet = read(link_type, bytes(changed), EVERY_TUNNEL)
    if packet is not None:
        assert len(packet.source) in (4, 16)
        assert len(packet.payload) <= packet.size <= 0xFFFF + len(content)


@given(st.binary(min_size=20, max_size=200))
def test_any_bytes_as_ipv4_with_both_ways(content: bytes) -> None:
    """The short way for Ethernet reads what the long way reads behind a tag."""
    head = struct.pack("!BBH", 0x45, 0, len(content))
    plain = bytes(12) + b"\x08\x00" + head + content[4:6] + bytes(3) + content[9:]
    tag = bytes(12) + b"\x81\x00\x00\x07" + plain[12:]
    assert read(link_types.ETHERNET, plain) == read(link_types.ETHERNET, tag)
