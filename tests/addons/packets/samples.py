"""One segment and one datagram, in everything that can stand around them, made by scapy."""

from collections.abc import Callable
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any, NamedTuple

from scapy.contrib.geneve import GENEVE
from scapy.contrib.gtp import GTP_U_Header
from scapy.contrib.mpls import MPLS
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import (
    IPv6,
    IPv6ExtHdrDestOpt,
    IPv6ExtHdrFragment,
    IPv6ExtHdrHopByHop,
    IPv6ExtHdrRouting,
)
from scapy.layers.ipsec import AH
from scapy.layers.l2 import GRE, LLC, SNAP, CookedLinux, CookedLinuxV2, Dot1AD, Dot1Q, Dot3, Ether
from scapy.layers.ppp import PPP, PPPoE
from scapy.layers.vxlan import VXLAN

from addons.packets import link_types
from addons.packets.packet import ACK, PSH, Packet
from addons.packets.packet import TCP as TCP_NUMBER
from addons.packets.packet import UDP as UDP_NUMBER
from addons.packets.tunnel import Tunnel
from tests.addons.hellos import hello

PUPIL, SITE = "10.30.101.57", "203.0.113.7"
PUPIL_6, SITE_6 = "2001:db8:30:101::57", "2001:db8:ffff::7"
OUTER: dict[str, Any] = {"src": "192.0.2.1", "dst": "192.0.2.2"}
OUTER_6: dict[str, Any] = {"src": "2001:db8::1", "dst": "2001:db8::2"}
STATION = bytes.fromhex("020000000001")
"""The MAC address that the client's frames come from."""
PORT = 50_123
SEQUENCE, ACKNOWLEDGED = 1_000_000, 4_000_000_000


def tcp(payload: bytes, flags: str = "PA", to: int = 443, source: int = PORT) -> Any:
    return (
        TCP(
            sport=source,
            dport=to,
            flags=flags,
            seq=SEQUENCE,
            ack=ACKNOWLEDGED,
            options=[("NOP", None)],
        )
        / payload
    )


def udp(payload: bytes, to: int = 443, source: int = PORT) -> Any:
    return UDP(sport=source, dport=to) / payload


def ip_4(transport: Any, **fields: Any) -> Any:
    return IP(src=PUPIL, dst=SITE, **fields) / transport


def ip_6(transport: Any) -> Any:
    return IPv6(src=PUPIL_6, dst=SITE_6) / transport


SEGMENT = Packet(
    TCP_NUMBER,
    inet_pton(AF_INET, PUPIL),
    PORT,
    inet_pton(AF_INET, SITE),
    443,
    hello(),
    len(hello()),
    PSH | ACK,
    SEQUENCE,
    ACKNOWLEDGED,
    STATION,
)
SEGMENT_6 = SEGMENT._replace(
    source=inet_pton(AF_INET6, PUPIL_6), destination=inet_pton(AF_INET6, SITE_6)
)
SAID = b"said over QUIC" * 3
DATAGRAM = SEGMENT._replace(
    protocol=UDP_NUMBER, payload=SAID, size=len(SAID), flags=0, sequence=0, acknowledgement=0
)
DATAGRAM_6 = DATAGRAM._replace(source=SEGMENT_6.source, destination=SEGMENT_6.destination)


def whole() -> list[tuple[Any, Packet]]:
    """Give packets from IP on, and what they say."""
    return [
        (ip_4(tcp(hello())), SEGMENT),
        (ip_4(udp(SAID)), DATAGRAM),
        (ip_6(tcp(hello())), SEGMENT_6),
        (ip_6(udp(SAID)), DATAGRAM_6),
    ]


class Around(NamedTuple):
    """What stands around a packet: the link's type, and how it is put there."""

    link_type: int
    put: Callable[[Any], Any]
    tunnels: tuple[Tunnel, ...] = ()
    has_station: bool = True
    """Whether the client's own frame is in it, and not only that of a tunnel's end."""

    def said(self, packet: Packet) -> Packet:
        """Give what is read of a packet in it."""
        return packet if self.has_station else packet._replace(hardware=b"")


def frame(packet: Any) -> Any:
    return Ether(src=STATION.hex(":"), dst="02:00:00:00:00:02") / packet


def tagged(packet: Any, *tags: int) -> Any:
    for tag in reversed(tags):
        packet = Dot1Q(vlan=tag) / packet
    return frame(packet)


def kind(packet: Any) -> int:
    return 0x86DD if packet.version == 6 else 0x0800


def family(packet: Any) -> int:
    return 30 if packet.version == 6 else 2


def ppp(packet: Any) -> Any:
    return PPP(proto=0x57 if packet.version == 6 else 0x21) / packet


def sll(packet: Any) -> Any:
    return CookedLinux(lladdrtype=1, lladdrlen=6, src=STATION, proto=kind(packet)) / packet


def snap(packet: Any) -> Any:
    return (
        Dot3(src=STATION.hex(":"), dst="02:00:00:00:00:02")
        / LLC(dsap=0xAA, ssap=0xAA, ctrl=3)
        / SNAP(code=kind(packet))
        / packet
    )


LINKS = {
    "Ethernet": Around(link_types.ETHERNET, frame),
    "one tag": Around(link_types.ETHERNET, lambda packet: tagged(packet, 7)),
    "two tags": Around(link_types.ETHERNET, lambda packet: tagged(packet, 7, 8)),
    "802.1ad": Around(
        link_types.ETHERNET, lambda packet: frame(Dot1AD(vlan=7) / Dot1Q(vlan=8) / packet)
    ),
    "three tags": Around(link_types.ETHERNET, lambda packet: tagged(packet, 7, 8, 9)),
    "PPPoE": Around(link_types.ETHERNET, lambda packet: frame(PPPoE(sessionid=5) / ppp(packet))),
    "PPPoE behind two tags": Around(
        link_types.ETHERNET, lambda packet: tagged(PPPoE(sessionid=5) / ppp(packet), 7, 8)
    ),
    "Linux's cooked": Around(link_types.LINUX_SLL, sll),
    "Linux's second cooked": Around(
        link_types.LINUX_SLL2,
        lambda packet: CookedLinuxV2(lladdrlen=6, src=STATION, proto=kind(packet)) / packet,
    ),
    "raw": Around(link_types.RAW, lambda packet: packet, has_station=False),
    "raw of BSD": Around(link_types.RAW_BSD, lambda packet: packet, has_station=False),
    "NULL, little end first": Around(
        link_types.NULL,
        lambda packet: family(packet).to_bytes(4, "little") + bytes(packet),
        has_station=False,
    ),
    "LOOP": Around(
        link_types.LOOP,
        lambda packet: family(packet).to_bytes(4) + bytes(packet),
        has_station=False,
    ),
    "PPP": Around(link_types.PPP, ppp, has_station=False),
    "PPP with address": Around(
        link_types.PPP, lambda packet: b"\xff\x03" + bytes(ppp(packet)), has_station=False
    ),
    "PPP on a line": Around(
        link_types.PPP_SERIAL, lambda packet: b"\xff\x03" + bytes(ppp(packet)), has_station=False
    ),
    "Cisco on a line": Around(
        link_types.PPP_SERIAL,
        lambda packet: b"\x0f\x00" + kind(packet).to_bytes(2) + bytes(packet),
        has_station=False,
    ),
    "PPPoE alone": Around(
        link_types.PPP_ETHER, lambda packet: PPPoE(sessionid=5) / ppp(packet), has_station=False
    ),
    "Cisco's HDLC": Around(
        link_types.CISCO_HDLC,
        lambda packet: b"\x0f\x00" + kind(packet).to_bytes(2) + bytes(packet),
        has_station=False,
    ),
}
"""What a link puts around a packet; the filter lets all of these through."""

READ_ONLY = {
    "MPLS": Around(
        link_types.ETHERNET,
        lambda packet: frame(MPLS(label=1, s=0, ttl=9) / MPLS(label=2, s=1, ttl=9) / packet),
    ),
    "802.2 with SNAP": Around(link_types.ETHERNET, snap),
}
"""What the reader knows, and the filter does not look for."""

TUNNELS = {
    "VXLAN": Around(
        link_types.ETHERNET,
        lambda packet: frame(IP(**OUTER) / UDP(sport=9, dport=4789) / VXLAN(vni=3) / frame(packet)),
        (Tunnel.VXLAN,),
    ),
    "VXLAN over IPv6": Around(
        link_types.ETHERNET,
        lambda packet: frame(
            IPv6(**OUTER_6) / UDP(sport=9, dport=4789) / VXLAN(vni=3) / frame(packet)
        ),
        (Tunnel.VXLAN,),
    ),
    "Geneve": Around(
        link_types.ETHERNET,
        lambda packet: frame(
            IP(**OUTER) / UDP(sport=9, dport=6081) / GENEVE(vni=3, proto=0x6558) / frame(packet)
        ),
        (Tunnel.GENEVE,),
    ),
    "GTP": Around(
        link_types.ETHERNET,
        lambda packet: frame(
            IP(**OUTER) / UDP(sport=2152, dport=2152) / GTP_U_Header(teid=5, gtp_type=255) / packet
        ),
        (Tunnel.GTP,),
        has_station=False,
    ),
    "GRE": Around(
        link_types.ETHERNET,
        lambda packet: frame(IP(**OUTER) / GRE(proto=kind(packet), key_present=1, key=5) / packet),
        (Tunnel.GRE,),
        has_station=False,
    ),
    "GRE with a frame": Around(
        link_types.ETHERNET,
        lambda packet: frame(IP(**OUTER) / GRE(proto=0x6558) / frame(packet)),
        (Tunnel.GRE,),
    ),
    "VXLAN behind a tag, and a tag inside": Around(
        link_types.ETHERNET,
        lambda packet: tagged(
            IP(**OUTER) / UDP(sport=9, dport=8472) / VXLAN(vni=3) / tagged(packet, 9), 7
        ),
        (Tunnel.VXLAN,),
    ),
    "IP in IPv4": Around(
        link_types.ETHERNET,
        lambda packet: frame(IP(**OUTER, proto=41 if packet.version == 6 else 4) / packet),
        (Tunnel.IPIP, Tunnel.SIX_IN_FOUR),
        has_station=False,
    ),
}
EXTENSIONS = {
    "hop by hop": IPv6ExtHdrHopByHop(),
    "routing": IPv6ExtHdrRouting(addresses=["2001:db8::9"]),
    "destination": IPv6ExtHdrDestOpt(),
    "a fragment that is all": IPv6ExtHdrFragment(offset=0, m=0, id=5),
    "authentication": AH(nh=6, payloadlen=4, spi=5, icv=bytes(12)),
    "three": IPv6ExtHdrHopByHop() / IPv6ExtHdrRouting() / IPv6ExtHdrDestOpt(),
}
