"""What every sensor reports to the core: a client contacted a hostname at some time."""

from typing import NamedTuple

from monitor.evidence import Evidence, HidingMethod


class Sighting(NamedTuple):
    """A client seen contacting a hostname.

    A long connection is seen again as it carries bytes: its first sighting has `opens_connection`
    set, and the bytes of each are those since the one before.
    """

    timestamp: float
    """Seconds since 1970-01-01 UTC, by the sensor's clock."""
    client: bytes
    """The client's address, packed: 4 or 16 bytes. Nothing after `locate` has it."""
    hostname: str
    """As it was on the wire; empty when the evidence is `hidden`."""
    evidence: Evidence
    up: int = 0
    """Bytes from the client since the connection's last sighting."""
    down: int = 0
    opens_connection: bool = True
    cname: str = ""
    """The hostname's CNAME in DNS that the catalogue knows, where the sensor saw one."""
    hiding_method: HidingMethod | None = None
    """How the connection hides its name, where the sensor knows more than that there was none."""
    hardware: bytes = b""
    """The keyed name of the MAC address that the client's frames came from; empty when it is not
    known. On the way from another process: the address itself."""
