"""Which packets of QUIC are sampled after the handshake: a few tell how much all carry.

The packet filter passes the sampled packets and no others, and `addons.flows.udp_flows` counts each
for as many as it stands for. Both go by what stands here.
"""

CLIENT_ONE_IN, SERVER_ONE_IN = 4, 32
"""One in so many packets of a client, and of a server, is sampled: powers of two. Clients send
little but acknowledgements, which are left out; one in 32 of the rest would not show a photo."""
FIRST_SERVER_WEIGHT = 12
"""Weight of the first server packet that is sampled after `FIRST_SERVER_AFTER`. A connection of
which one packet is sampled is mostly a poll, which has three or four, and rarely a large one."""
FIRST_SERVER_AFTER = 60.0
"""Seconds without a sampled packet from the server."""
MIN_CLIENT_SIZE = 100
"""Bytes below which a client's packet is taken for an acknowledgement, and not counted, as those of
TCP are not. In real captures nearly all acknowledgements have fewer than 60."""

HEADER_FORM, SHORT_HEADER = 0xC0, 0x40
"""Bits of the first byte, and those of a short header (RFC 9000, section 17.3)."""
DECIDING_BYTE = 23
"""Of the payload: it is encrypted in every packet with a short header, so its bits are random."""


def has_short_header(payload: bytes) -> bool:
    """Return whether a packet is one of those that follow the handshake."""
    return bool(payload) and payload[0] & HEADER_FORM == SHORT_HEADER


def is_sampled(payload: bytes, one_in: int) -> bool:
    """Return whether a packet with a short header stands for others.

    Where the filter passes all packets, as it does in a tunnel, the others stand for nothing.

    Args:
        payload: of a UDP datagram.
        one_in: `CLIENT_ONE_IN` or `SERVER_ONE_IN`.
    """
    return len(payload) > DECIDING_BYTE and not payload[DECIDING_BYTE] & one_in - 1
