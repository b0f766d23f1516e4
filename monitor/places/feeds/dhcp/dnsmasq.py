"""Receives what dnsmasq runs its script with (`dhcp-script`), which alone has option 82.

`dnsmasq_script` is that script. The lease file (`dnsmasq_leases`) is given the same
`LeaseTranslator`, which remembers the place that the script's message gave.
"""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from monitor.health import FeedOutcome
from monitor.place import IPV6_BYTES
from monitor.places.bindings import BindingEvent, BindingSource
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.leases import MAX_LEASE_DURATION, Lease, LeaseTranslator
from monitor.places.feeds.dhcp.option82 import RelayInfo
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.hardware_address import parse_mac
from monitor.unix_socket import bind_datagram_socket
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

MAX_MESSAGE_SIZE = 2_048
BATCH_SIZE = 5_000
"""Messages in one round: the other feeds have their turn."""
BUFFER = 1024 * 1024
"""Bytes that may wait in the kernel."""
FIELDS = (6, 7)
"""Lines of a message; the script of earlier versions does not send the MAC address."""
_LIKE_ETHERNET = ("01-", "06-")
"""Types of networks with MAC addresses, as dnsmasq writes them where it writes a type."""
_LATEST = 2**40


class DnsmasqScriptFeed:
    """A feed from `dhcp-script`.

    Args:
        path: of the socket that the script sends to; it is made here.
        leases: translates leases into events.

    Raises:
        Refused: when something else has the path.
    """

    name = "dnsmasq"
    is_asked = False

    def __init__(self, path: Path, leases: LeaseTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._leases = leases
        self._socket = _bind(path)
        self._inode = path.stat().st_ino

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._socket.fileno()

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what has arrived, a limited number of messages at a time."""
        for _ in range(BATCH_SIZE):
            try:
                content = self._socket.recv(MAX_MESSAGE_SIZE)
            except BlockingIOError:
                return
            yield from self.receive_message(content, now)

    def receive_message(self, content: bytes, now: float) -> Iterator[BindingEvent]:
        """Yield the event of one message. Never raises, whatever is in it."""
        try:
            action, lease = parse_message(content, now)
        except ValueError:
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        self.heard_at = now
        if action == "del":
            self.counts[FeedOutcome.TAKEN] += 1
            yield self._leases.end_event(lease.address, now)
        elif action == "old" and len(lease.address) == IPV6_BYTES and not lease.hardware:
            # dnsmasq has begun anew, from a file without MAC addresses of IPv6; nobody has moved.
            self.counts[FeedOutcome.WITHOUT_NAME] += 1
        else:
            yield self._leases.lease_event(lease, now, self.counts)

    def close(self) -> None:
        """Close the socket, and remove it."""
        self._socket.close()
        with suppress(OSError):
            if self._path.stat().st_ino == self._inode:
                self._path.unlink()


def parse_message(content: bytes, now: float) -> tuple[str, Lease]:
    """Parse what the script sent.

    Raises:
        ValueError: when it is something else; the error does not quote it.
    """
    fields = content.decode("latin-1").split("\n")
    if len(fields) not in FIELDS or fields[0] not in {"add", "old", "del"}:
        raise ValueError("not a message of the script")
    action, address, expires, circuit, remote, _, hardware = (*fields, "")[:7]
    until = now if action == "del" else parse_expiry(expires)
    lease = Lease(
        kea.parse_address(address),
        RelayInfo(circuit, remote),
        now,
        until,
        is_renewal=action == "old",
        hardware=parse_client_mac(hardware),
    )
    return action, lease


def parse_client_mac(text: str) -> bytes:
    """Parse a MAC address, before which dnsmasq may write the type of its network; empty: none."""
    return parse_mac(text[len("01-") :] if text.startswith(_LIKE_ETHERNET) else text)


def parse_expiry(text: str) -> float:
    """Parse when a lease ends; 0 is never.

    Raises:
        ValueError: when it is no time.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_LATEST))):
        raise ValueError("no timestamp")
    return float(text) or _LATEST + MAX_LEASE_DURATION


def _bind(path: Path) -> socket.socket:
    """Bind a socket; the script runs as root, or in the group that the socket is given."""
    try:
        bound = bind_datagram_socket(path)
    except OSError as error:
        allowed = gettext("a path for a socket that is free ({why})", why=describe_os_error(error))
        raise Refused(
            [Problem(gettext("key {key}", key="dhcp.dnsmasq_socket"), str(path), allowed)]
        ) from error
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    return bound


FEED = FeedSpec(
    name=DnsmasqScriptFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="dnsmasq_socket",
    open=lambda path, context: DnsmasqScriptFeed(path, context.leases),
)
