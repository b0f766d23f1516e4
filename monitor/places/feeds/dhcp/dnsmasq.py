"""Takes in what dnsmasq runs its script with, and reads its lease file.

Only the script is told option 82. The file says of a lease that is renewed, which the script is not
run for unless dnsmasq is asked to, how much longer it lasts. Its lines are
`expiry MAC IP hostname client-id`; it is written anew in place, so it is read whole.

Both are given the same `Leases`, which knows the place that the script told.
"""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from monitor.health import FeedOutcome
from monitor.places.bindings import MOST_SESSIONS, Address, BindingEvent
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.leases import LONGEST_LEASE, Lease, LeaseTranslator
from monitor.places.feeds.dhcp.option82 import RelayInfo
from monitor.unix_socket import bind_datagram_socket
from schedules.problem import Problem, Refused

LARGEST_MESSAGE = 2_048
LARGEST_FILE = 16 * 1024 * 1024
BATCH_SIZE = 5_000
"""Messages in one round: the other feeds have their turn."""
BUFFER = 1024 * 1024
"""Bytes that may wait in the kernel."""
FIELDS = 6
_LATEST = 2**40


class DnsmasqScriptFeed:
    """A feed from `dhcp-script`.

    Args:
        path: of the socket that the script sends to; it is made here.
        leases: makes bindings of leases.

    Raises:
        Refused: when something else has the path.
    """

    name = "dnsmasq"

    def __init__(self, path: Path, leases: LeaseTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._leases = leases
        self._socket = _bound(path)
        self._inode = path.stat().st_ino

    def fileno(self) -> int:
        """Give what `select` waits for."""
        return self._socket.fileno()

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Give what has arrived, a bounded number of messages at a time."""
        for _ in range(BATCH_SIZE):
            try:
                content = self._socket.recv(LARGEST_MESSAGE)
            except BlockingIOError:
                return
            yield from self.receive_message(content, now)

    def receive_message(self, content: bytes, now: float) -> Iterator[BindingEvent]:
        """Take in one message; whatever is in it, no error leaves here."""
        try:
            action, lease = parse_message(content, now)
        except ValueError:
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        self.heard_at = now
        if action == "del":
            self.counts[FeedOutcome.TAKEN] += 1
            yield self._leases.end_event(lease.address, now)
        else:
            yield self._leases.lease_event(lease, now, self.counts)

    def close(self) -> None:
        """Stop listening, and take the socket away."""
        self._socket.close()
        with suppress(OSError):
            if self._path.stat().st_ino == self._inode:
                self._path.unlink()


class DnsmasqLeaseFileFeed:
    """A feed from the lease file.

    Args:
        path: of the file, as `dhcp-leasefile` names it.
        leases: those of the script's feed.
    """

    name = "dnsmasq-leases"

    def __init__(self, path: Path, leases: LeaseTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._leases = leases
        self._seen: tuple[int, int, int] | None = None
        self._known: dict[Address, float] = {}

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Give what has changed since it was asked before.

        Raises:
            OSError: when the file cannot be read.
        """
        about = self._path.stat()
        seen = (about.st_ino, about.st_size, about.st_mtime_ns)
        if seen == self._seen:
            return
        with self._path.open("rb") as file:
            content = file.read(LARGEST_FILE)
        self._seen, self.heard_at = seen, now
        known, self._known = self._known, {}
        for lease in self._read(content, now):
            self._known[lease.address] = lease.until
            if known.get(lease.address) != lease.until:
                yield self._leases.lease_event(lease, now, self.counts)

    def close(self) -> None:
        """Nothing is held open."""

    def _read(self, content: bytes, now: float) -> Iterator[Lease]:
        """Read whole lines; the last may still be being written."""
        for line in content.split(b"\n")[:-1][:MOST_SESSIONS]:
            if line.startswith(b"duid "):
                return  # IPv6 leases follow
            try:
                yield parse_lease_line(line, now)
            except ValueError:
                self.counts[FeedOutcome.MALFORMED] += 1


def parse_message(content: bytes, now: float) -> tuple[str, Lease]:
    """Read what the script sent.

    Raises:
        ValueError: when it is something else; the error does not quote it.
    """
    fields = content.decode("latin-1").split("\n")
    if len(fields) != FIELDS or fields[0] not in {"add", "old", "del"}:
        raise ValueError("no message of the script's")
    action, address, expires, circuit, remote, _ = fields
    until = now if action == "del" else _parse_expiry(expires)
    lease = Lease(
        kea.parse_ipv4(address), RelayInfo(circuit, remote), now, until, is_renewal=action == "old"
    )
    return action, lease


def parse_lease_line(line: bytes, now: float) -> Lease:
    """Read a line of the file; the MAC address and the names stay behind in it.

    Raises:
        ValueError: when it is something else; the error does not quote it.
    """
    expires, _, address, *_ = (*line.decode("latin-1").split(" ", 3), "", "", "")
    return Lease(kea.parse_ipv4(address), RelayInfo(), now, _parse_expiry(expires), is_renewal=True)


def _parse_expiry(text: str) -> float:
    """Read when a lease ends; 0 is never."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_LATEST))):
        raise ValueError("no moment")
    return float(text) or _LATEST + LONGEST_LEASE


def _bound(path: Path) -> socket.socket:
    """Bind a socket; the script runs as root, or in the group that the socket is given."""
    try:
        bound = bind_datagram_socket(path)
    except OSError as error:
        allowed = f"a path for a socket that is free ({error.strerror or error})"
        raise Refused([Problem("key dhcp.dnsmasq_socket", str(path), allowed)]) from error
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    return bound
