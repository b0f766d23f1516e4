"""What passes the filter and what does not: each piece, both versions of IP, every link."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import IP, TCP, UDP, IPOption
from scapy.layers.inet6 import IPv6

from addons.captures.filters import tcp as tcp_filter
from addons.captures.filters.packet_filter import name_and_size_filter, name_filter
from addons.flows.udp_flows import UdpFlows
from addons.names.quic.sampling import CLIENT_ONE_IN, FIRST_SERVER_WEIGHT
from addons.packets import link_types
from addons.packets.link_types import LINK_SKIPPERS
from addons.packets.packet import Packet
from addons.packets.tunnel import Tunnel
from tests.addons.captures.filters.compiled import Compiled
from tests.addons.flows.wire import answered, datagram, reporter
from tests.addons.hellos import hello
from tests.addons.names.quic.initials import HELLO, crypto, initial
from tests.addons.packets import samples
from tests.addons.packets.samples import frame, ip_4, ip_6, tcp, udp
from tests.addons.sinks import RecordingSink

pytestmark = pytest.mark.needs("libpcap")

DATA = b"\x17\x03\x03\x04\x00"
ENCRYPTED = DATA + bytes(range(256))
MIDDLE = bytes(range(1, 200))
"""Of something encrypted, or of a ClientHello: it cannot be told."""
CLIENT_INITIAL = b"\xc3\x00\x00\x00\x01" + bytes(1_195)
SHORT_HEADER = b"\x43" + bytes(21) + b"\x00\xe0" + bytes(100)
CLIENTS_SHORT_HEADER = b"\x43" + bytes(21) + b"\x00\xe4" + bytes(100)
OTHER_SHORT_HEADER = b"\x43" + bytes(21) + b"\x00\xe1" + bytes(100)

NAMES = {
    "ClientHello": tcp(hello()),
    "ClientHello to another port": tcp(hello(), to=9_999),
    "ClientHello between ports 443": tcp(hello(), source=443),
    "ClientHello without PSH": tcp(hello()[:400], "A", to=9_999),
    "six bytes of a ClientHello": tcp(hello()[:6], to=9_999),
    "five bytes of a ClientHello": tcp(hello()[:5], to=9_999),
    "one byte of a ClientHello": tcp(hello()[:1], to=9_999),
    "last piece of a ClientHello": tcp(MIDDLE),
    "last piece that begins like data": tcp(b"\x17\x04" + MIDDLE),
    "last piece of one byte": tcp(b"\x17"),
    "last piece that begins like a handshake": tcp(b"\x16\x04" + MIDDLE),
    "last piece in a record of its own": tcp(b"\x16\x03\x01\x00\x40" + MIDDLE[:64]),
    "piece of one byte in a record of its own": tcp(b"\x16\x03\x01\x00\x01\x10"),
    "last piece that is nearly full": tcp(bytes(tcp_filter.FULL_SEGMENT - 1)),
    "HTTP request": tcp(b"GET / HTTP/1.1\r\n", to=8_000),
    "HTTP request without PSH": tcp(b"POST / HTTP/1.1\r\n" + bytes(1_400), "A", to=8_000),
    "CONNECT": tcp(b"CONNECT www.instagram.com:443 HTTP/1.1\r\n", to=9_999),
    "WebDAV": tcp(b"PROPFIND / HTTP/1.1\r\n", to=9_999),
    "HTTP/2 unencrypted": tcp(b"PRI * HTTP/2.0\r\n", to=9_999),
    "a proxy's line": tcp(b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", to=9_999),
    "four letters": tcp(b"HEAD", to=9_999),
    "DNS answer over TCP": tcp(b"\x00\x40" + bytes(64), "A", source=53, to=samples.PORT),
    "DNS answer": udp(b"\x00\x05\x81\x80" + bytes(30), source=53, to=samples.PORT),
    "DNS answer that is all header": udp(
        b"\x00\x05\x81\x80" + bytes(8), source=53, to=samples.PORT
    ),
    "QUIC": udp(CLIENT_INITIAL),
    "QUIC to another port": udp(CLIENT_INITIAL, to=4_433),
    "QUIC of version 2": udp(b"\xd3\x6b\x33\x43\xcf" + bytes(1_195)),
    "QUIC of a draft": udp(b"\xcf\xff\x00\x00\x1d" + bytes(1_195)),
    "QUIC of Facebook": udp(b"\xc3\xfa\xce\xb0\x02" + bytes(1_195)),
    "QUIC of Google, Q043": udp(b"\x0d" + bytes(8) + b"Q043" + bytes(1_337)),
    "QUIC of Google, Q046": udp(b"\xc3Q046" + bytes(1_345)),
    "QUIC of Google, Q050": udp(b"\x83Q050" + bytes(1_345)),
    "QUIC of Google, T051": udp(b"\xc3T051" + bytes(1_345)),
    "DTLS": udp(b"\x16\xfe\xfd" + bytes(10) + b"\x01" + bytes(100), to=9_999),
    "WireGuard": udp(b"\x01\x00\x00\x00" + bytes(144), to=51_820),
    "OpenVPN": udp(b"\x38" + bytes(13), to=1_194),
    "IKE": udp(bytes(200), to=500),
    "IKE behind NAT": udp(bytes(200), to=4_500),
}
"""What can carry a name, or begins what hides names."""

SIZES = {
    "end": tcp(b"", "FA"),
    "break": tcp(b"", "R", to=9_999),
    "short request": tcp(ENCRYPTED),
    "ClientKeyExchange": tcp(b"\x16\x03\x03\x00\x46\x10\x00\x00\x42" + MIDDLE[:66]),
    "a client's Certificate": tcp(b"\x16\x03\x03\x03\x00\x0b\x00\x02\xfc" + MIDDLE),
    "ChangeCipherSpec": tcp(b"\x14\x03\x03\x00\x01\x01"),
    "alert to a web server": tcp(b"\x15\x03\x03\x00\x02\x01\x00"),
    "short header of QUIC, sampled": udp(SHORT_HEADER),
    "short header of QUIC, sampled, full": udp(SHORT_HEADER + bytes(1_100)),
    "short header of QUIC, sampled as a client's": udp(CLIENTS_SHORT_HEADER),
    "short header of QUIC, sampled, least": udp(SHORT_HEADER[:100]),
    "short header of QUIC, sampled, down": udp(SHORT_HEADER, source=443, to=samples.PORT),
    "acknowledgement over QUIC, sampled, down": udp(SHORT_HEADER[:40], source=443, to=samples.PORT),
}
"""What tells sizes, and passes only where they are asked for."""

NOTHING = {
    "beginning": tcp(b"", "S"),
    "answer to a beginning": tcp(b"", "SA", source=443, to=samples.PORT),
    "acknowledgement": tcp(b"", "A"),
    "encrypted, full": tcp(ENCRYPTED + bytes(1_187), "A"),
    "encrypted, full, last": tcp(ENCRYPTED + bytes(1_187), "PA"),
    "encrypted, down": tcp(ENCRYPTED, source=443, to=samples.PORT),
    "middle of a film that is sent": tcp(MIDDLE * 7, "A"),
    "middle of a film that is watched": tcp(MIDDLE * 7, "A", source=443, to=samples.PORT),
    "end of a film that is watched": tcp(MIDDLE, "PA", source=443, to=samples.PORT),
    "ServerHello": tcp(b"\x16\x03\x03\x00\x7a\x02" + bytes(118), source=443, to=samples.PORT),
    "ClientHello from port 443": tcp(hello(), source=443, to=8_443),
    "alert": tcp(b"\x15\x03\x03\x00\x02\x01\x00", to=9_999),
    "words that are no request": tcp(b"GETTING", to=9_999),
    "three letters": tcp(b"GET", to=9_999),
    "HTTP answer": tcp(b"HTTP/1.1 200 OK\r\n", source=80, to=samples.PORT),
    "DNS question": udp(b"\x00\x05\x01\x00" + bytes(30), to=53),
    "DNS question from the port of DNS": udp(b"\x00\x05\x01\x00" + bytes(30), source=53, to=53),
    "DNS answer that there is no such name": udp(
        b"\x00\x05\x81\x83" + bytes(30), source=53, to=samples.PORT
    ),
    "half a DNS answer": udp(b"\x00\x05\x81", source=53, to=samples.PORT),
    "multicast DNS": udp(b"\x00\x00\x84\x00" + bytes(30), source=5_353, to=5_353),
    "QUIC of a server": udp(CLIENT_INITIAL, source=443, to=samples.PORT),
    "QUIC's list of versions": udp(b"\xc3\x00\x00\x00\x00" + bytes(1_195)),
    "short QUIC handshake": udp(CLIENT_INITIAL[:900]),
    "short header of QUIC": udp(OTHER_SHORT_HEADER),
    "short header of QUIC, down": udp(CLIENTS_SHORT_HEADER, source=443, to=samples.PORT),
    "acknowledgement over QUIC": udp(SHORT_HEADER[:99]),
    "short header of QUIC at another port": udp(SHORT_HEADER, to=4_433),
    "DTLS ServerHello": udp(b"\x16\xfe\xfd" + bytes(10) + b"\x02" + bytes(100), to=9_999),
    "film over RTP": udp(b"\x80\x60" + bytes(1_200), to=9_999),
    "WireGuard's answer": udp(b"\x02\x00\x00\x00" + bytes(88), to=51_820),
    "WireGuard's data": udp(b"\x04\x00\x00\x00" + bytes(144), to=51_820),
    "VPN from a web server": udp(bytes(200), source=443, to=500),
    "OpenVPN's data": udp(b"\x48" + bytes(130), to=1_194),
    "IPsec's data behind NAT": udp(b"\x05" * 200, to=4_500),
    "IPsec's sign of life": udp(b"\xff", to=4_500),
}
"""What never passes."""

IP_VERSIONS = (ip_4, ip_6)


@cache
def filtering(link_type: int = link_types.ETHERNET, *tunnels: Tunnel) -> tuple[Compiled, Compiled]:
    return (
        Compiled(name_filter(link_type, tunnels), link_type),
        Compiled(name_and_size_filter(link_type, tunnels), link_type),
    )


def passes(
    packet: Any, link_type: int = link_types.ETHERNET, *tunnels: Tunnel
) -> tuple[bool, bool]:
    """Tell whether a frame passes where names, and where sizes too, are asked for."""
    for_names, for_sizes = filtering(link_type, *tunnels)
    return for_names.passes(packet), for_sizes.passes(packet)


EVERY = {**NAMES, **SIZES, **NOTHING}
UNFILTERED = {"PPPoE", "PPPoE behind two tags", "PPPoE alone", "PPP", "Cisco on a line"}
UNFILTERED_IPV6 = {"NULL, little end first", "LOOP"}
"""What libpcap does not look behind: everything goes on."""
TOO_DEEP = {"three tags"}
"""In a file; of a live one the kernel has taken a tag off."""


@pytest.mark.parametrize("link", samples.LINKS)
@pytest.mark.parametrize("name", EVERY)
def test_every_piece_behind_every_link(name: str, link: str) -> None:
    around = samples.LINKS[link]
    expected = (name in NAMES, name in NAMES or name in SIZES)
    if link in UNFILTERED or link in TOO_DEEP:
        expected = (link in UNFILTERED, link in UNFILTERED)
    assert passes(around.put(ip_4(EVERY[name])), around.link_type) == expected
    if link in UNFILTERED_IPV6:
        expected = (True, True)
    assert passes(around.put(ip_6(EVERY[name])), around.link_type) == expected


@pytest.mark.parametrize("pieces", [name_filter, name_and_size_filter])
def test_a_filter_that_does_not_look_behind_tags(pieces: Callable[..., str]) -> None:
    """What has a tag goes on whole; for the rest it is the same."""
    short = Compiled(pieces(behind_tags=False), link_types.ETHERNET)
    whole = Compiled(pieces(), link_types.ETHERNET)
    assert 2 * len(short) < len(whole)
    for packet in EVERY.values():
        for version in IP_VERSIONS:
            untagged = frame(version(packet))
            assert short.passes(untagged) == whole.passes(untagged)
            assert short.passes(samples.tagged(version(packet), 7))
            assert short.passes(samples.tagged(version(packet), 7, 8))


@pytest.mark.parametrize("name", NAMES)
def test_a_capture_that_keeps_the_beginnings_only(name: str) -> None:
    """Reading behind the end rejects a packet: no piece may do that before another's turn."""
    for version in IP_VERSIONS:
        packet = version(NAMES[name])
        transport = packet[TCP] if TCP in packet else packet[UDP]
        missing = max(0, len(transport.payload) - 20)
        compiled = filtering(link_types.RAW_BSD)
        assert [program.passes(packet, missing) for program in compiled] == [True, True]


@pytest.mark.parametrize("name", ["end", "break"])
def test_the_end_of_a_connection_shows_without_any_payload(name: str) -> None:
    for version in IP_VERSIONS:
        packet = version(SIZES[name] / b"a last word to anyone")
        assert filtering(link_types.RAW_BSD)[1].passes(packet, missing=21)


def test_fragments_go_on_whole() -> None:
    for protocol, answer in ((6, True), (17, True), (1, False)):
        for fields in ({"flags": "MF"}, {"frag": 100}):
            packet = IP(src=samples.PUPIL, dst=samples.SITE, proto=protocol, **fields)
            assert passes(frame(packet / MIDDLE)) == (answer, answer)


@pytest.mark.parametrize("name", samples.EXTENSIONS)
def test_what_is_behind_extensions_goes_on_whole(name: str) -> None:
    packet = IPv6(src=samples.PUPIL_6, dst=samples.SITE_6) / samples.EXTENSIONS[name]
    assert passes(frame(packet / tcp(b"", "A"))) == (True, True)
    assert passes(samples.tagged(packet / tcp(b"", "A"), 7, 8)) == (True, True)


@pytest.mark.parametrize("name", samples.TUNNELS)
def test_a_tunnel_goes_on_whole_when_it_is_switched_on(name: str) -> None:
    around = samples.TUNNELS[name]
    for version in IP_VERSIONS:
        packet = around.put(version(tcp(b"", "A")))
        assert passes(packet, link_types.ETHERNET, *around.tunnels) == (True, True)
        assert passes(packet) == (False, False)


def test_ipv4_in_ipv6_goes_on_whole() -> None:
    packet = frame(IPv6(**samples.OUTER_6, nh=4) / ip_4(tcp(b"", "A")))
    assert passes(packet, link_types.ETHERNET, Tunnel.FOUR_IN_SIX) == (True, True)
    assert passes(packet) == (False, False)


def test_padding_is_not_read_as_payload() -> None:
    for said, padding in ((b"GE", b"T /"), (b"\x17", b"\x17")):
        packet = bytes(frame(ip_4(tcp(said, to=9_999)))) + padding
        assert passes(packet) == (False, False)


def test_options_of_ip_and_tcp_are_gone_past() -> None:
    packet = ip_4(tcp(hello(), to=9_999), options=[IPOption(b"\x94\x04\x00\x00")] * 3)
    packet[TCP].options = [("Timestamp", (1, 2)), ("NOP", None), ("NOP", None)]
    assert passes(frame(packet)) == (True, True)


def test_what_is_no_ip_does_not_pass() -> None:
    assert passes(bytes(12) + b"\x08\x06" + bytes(46)) == (False, False)
    assert passes(bytes(60)) == (False, False)


@pytest.mark.parametrize("link_type", LINK_SKIPPERS)
def test_every_link_type_has_a_filter(link_type: int) -> None:
    for compiled in filtering(link_type, *Tunnel):
        assert 0 < len(compiled) <= MAX_INSTRUCTIONS


MAX_INSTRUCTIONS = 4_096
"""What Linux takes (BPF_MAXINSNS)."""


@pytest.mark.parametrize("goes_up", [True, False])
@pytest.mark.parametrize("size", [40, 99, 100, 1_250])
def test_what_passes_of_a_transfer_is_what_the_sensor_counts(size: int, goes_up: bool) -> None:
    """Of what is encrypted, some bits are nothing as often as any other value.

    Each packet is the first of its connection, which stands for fewer where a server says it.
    """
    ends = (samples.PORT, 443) if goes_up else (443, samples.PORT)
    passed, carried = 0, 0
    for value in range(256):
        content = b"\x43" + bytes(22) + bytes((value,)) + bytes(size - 24)
        counted = counted_of(datagram(content) if goes_up else answered(datagram(b""), content))
        went_on = passes(frame(ip_4(udp(content, to=ends[1], source=ends[0]))))[1]
        assert went_on or not counted
        passed += went_on
        carried += counted
    is_counted = not goes_up or size >= 100
    assert passed == 256 // (4 if goes_up else 32) * is_counted
    assert carried == passed * size * (CLIENT_ONE_IN if goes_up else FIRST_SERVER_WEIGHT)


def counted_of(packet: Packet) -> int:
    """Tell how many bytes a sensor takes one packet of a connection for."""
    core = RecordingSink()
    sensing = reporter(core)
    datagrams = UdpFlows(sensing)
    datagrams.receive_packet(datagram(initial(crypto(HELLO))))
    datagrams.receive_packet(packet)
    datagrams.close()
    sensing.tracker.close()
    return sum(core.carried)


@given(st.integers(0, 1_460), st.sampled_from(["PA", "FA", "A", "PFA"]), st.booleans())
def test_who_answers_at_443_never_fills_the_filter(size: int, flags: str, is_6: bool) -> None:
    """Nothing of what a server sends over TLS passes as a name, whatever its size."""
    packet = (ip_6 if is_6 else ip_4)(tcp(DATA + bytes(size), flags, samples.PORT, 443))
    assert not passes(frame(packet))[0]
