"""What every sensor tells the core: a client contacted a hostname at a moment."""

from typing import NamedTuple

from monitor.evidence import Evidence, HidingMethod


class Sighting(NamedTuple):
    """A client seen contacting a hostname at a moment.

    A long connection is seen again as it carries bytes: the first sighting of a connection has
    `opens` set, and the byte counts of each are those since the one before.
    """

    timestamp: float
    """Seconds since 1970-01-01 UTC, by the sensor's clock."""
    client: bytes
    """The client's address, packed: 4 or 16 bytes. Nothing after `Core.see` has it."""
    hostname: str
    """As it stood on the wire; empty when the evidence is `hidden`."""
    evidence: Evidence
    up: int = 0
    """Bytes from the client since the connection's last sighting."""
    down: int = 0
    opens_connection: bool = True
    cname: str = ""
    """The catalogue's CNAME target in DNS's answer for the hostname, where the sensor saw one."""
    hiding_method: HidingMethod | None = None
    """Why the evidence is `hidden`, where the sensor knows more than that there was no name."""
