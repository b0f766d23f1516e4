"""A packet: who sent it to whom, and its payload."""

from typing import NamedTuple

TCP = 6
UDP = 17

FIN = 0x01
SYN = 0x02
RST = 0x04
PSH = 0x08
ACK = 0x10
"""Flags of TCP (RFC 9293, section 3.1)."""


class Packet(NamedTuple):
    """A TCP segment or a UDP datagram."""

    protocol: int
    """`TCP` or `UDP`."""
    source: bytes
    """The packed address: 4 bytes or 16."""
    source_port: int
    destination: bytes
    destination_port: int
    payload: bytes
    """As far as it was captured."""
    size: int
    """Bytes of payload on the wire, by the IP header; fewer may have been captured."""
    flags: int = 0
    """Those of TCP."""
    sequence: int = 0
    acknowledgement: int = 0
    hardware: bytes = b""
    """The MAC address of the client: that the frame came from, or of what a name server sent, that
    it went to. Empty where its link, or its tunnel, has none. It goes no further than the start of
    a flow."""
