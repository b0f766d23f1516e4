"""The packet filter: it passes only packets that can carry a name.

It is in libpcap's language (pcap-filter(7)), made of pieces that each say what they pass, and runs
in the kernel or inside libpcap, so that a video costs Python nothing.

Looking behind VLAN tags makes a filter four times as long, and libpcap needs most of a tenth of a
second to compile it: so there is a shorter one for files, which passes all tagged packets.

Two properties of the language shape it. Reading after a packet's end rejects the whole packet,
whatever a later piece would say: so a piece tests lengths before content, and pieces that read less
come first. And `vlan` shifts all offsets after it: so each stack of tags is an alternative inside
the one before, at its end. A kernel's socket removes the outer tag and a file has it; the
alternatives hold for both.
"""

from collections.abc import Callable, Collection

from addons.captures.filters import tcp, udp
from addons.captures.filters.expression import IPV4, IPV6, IpFields, all_of, any_of, field_in
from addons.packets import ether_type as kinds
from addons.packets import ip_datagram, link_types
from addons.packets.tunnel import TUNNEL_PROTOCOLS, Tunnel

MAX_TAGS = 2
"""VLAN tags that a packet may have, besides one that the kernel removes."""

_EXTENSIONS = (0, 43, 44, 51, 60)
"""Extension headers of IPv6, after which anything may stand: such packets all pass."""
_PPP_ADDRESSES = 0xFF03


def name_filter(
    link_type: int = link_types.ETHERNET,
    tunnels: Collection[Tunnel] = (),
    *,
    behind_tags: bool = True,
) -> str:
    """Return the filter of packets that can carry a name.

    Args:
        link_type: libpcap's number; it says what can stand before IP.
        tunnels: whose packets all pass.
        behind_tags: whether to look behind VLAN tags; else all tagged packets pass.
    """
    every = any_of(*_fragments(), *_tunnels(tunnels), *_for_both_versions(_names))
    return _behind_link_header(link_type, every, behind_tags=behind_tags)


def name_and_size_filter(
    link_type: int = link_types.ETHERNET,
    tunnels: Collection[Tunnel] = (),
    *,
    behind_tags: bool = True,
) -> str:
    """Return the filter that also passes enough packets to tell how much is carried."""
    every = any_of(*_fragments(), *_tunnels(tunnels), *_for_both_versions(_names_and_sizes))
    return _behind_link_header(link_type, every, behind_tags=behind_tags)


def _for_both_versions(pieces: Callable[[IpFields], str]) -> tuple[str, str]:
    return pieces(IPV4), pieces(IPV6)


def _names(version: IpFields) -> str:
    return any_of(
        all_of(version.is_tcp, tcp.names_over_tcp(version)),
        all_of(version.is_udp, udp.names_over_udp(version)),
    )


def _names_and_sizes(version: IpFields) -> str:
    return any_of(
        all_of(
            version.is_tcp,
            any_of(tcp.sizes_over_tcp(version), tcp.names_over_tcp(version)),
        ),
        all_of(
            version.is_udp,
            any_of(udp.names_over_udp(version), udp.sizes_over_udp(version)),
        ),
    )


def _fragments() -> tuple[str, str]:
    """Pass all fragments, and packets with extension headers."""
    return (
        all_of("ip", "ip[6:2] & 0x3fff != 0", field_in("ip[9]", (6, 17))),
        all_of("ip6", field_in("ip6[6]", _EXTENSIONS)),
    )


def _tunnels(tunnels: Collection[Tunnel]) -> list[str]:
    """Pass the packets of tunnels, directly in IP or in UDP."""
    directly = [
        f"ip[9] = {number}" if version == ip_datagram.IPV4 else f"ip6[6] = {number}"
        for (version, number), tunnel in TUNNEL_PROTOCOLS.items()
        if tunnel in tunnels
    ]
    return [*directly, *(udp.tunnel_ports(tunnel) for tunnel in tunnels)]


def _behind_link_header(link_type: int, pieces: str, *, behind_tags: bool) -> str:
    """Apply the pieces behind what can stand between a link's header and IP."""
    if link_type == link_types.ETHERNET and behind_tags:
        return _behind_tags(pieces)
    if link_type in (link_types.ETHERNET, link_types.LINUX_SLL, link_types.LINUX_SLL2):
        return any_of(pieces, *(f"ether proto {kind}" for kind in _PASSED_WHOLE))
    if link_type == link_types.PPP_ETHER:  # libpcap cannot look behind it: everything passes
        return ""
    return any_of(_PASSED_WHOLE_BY_LINK.get(link_type, ""), pieces)


_PASSED_WHOLE_BY_LINK = {
    link_types.PPP: f"link[0:2] != {_PPP_ADDRESSES:#x}",
    link_types.PPP_SERIAL: f"link[0:2] != {_PPP_ADDRESSES:#x}",
    link_types.NULL: "link[4] & 0xf0 = 0x60",
    link_types.LOOP: "link[4] & 0xf0 = 0x60",
}
"""What passes because libpcap takes it for something else: PPP without an address before it, and
IPv6 by another system's number."""
_PASSED_WHOLE = (*kinds.VLAN, kinds.PPPOE_SESSION)
"""What passes where libpcap cannot look behind it, or should not."""


def _behind_tags(pieces: str) -> str:
    """Nest the stacks of tags; all PPPoE passes, because looking behind it shifts the rest."""
    expression = any_of(pieces, f"ether proto {kinds.PPPOE_SESSION}")
    nested = expression
    for _ in range(MAX_TAGS):
        nested = any_of(expression, all_of("vlan", nested))
    return nested
