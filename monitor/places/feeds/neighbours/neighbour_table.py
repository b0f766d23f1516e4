"""Follows the neighbour table of Linux: which MAC address has which address, IPv4 and IPv6.

A router has it of every client that sends through it, whatever gave the client its address. The
whole table is read at the start, every minute, and when changes were lost; changes come in between.
"""

import errno
import socket
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address

from monitor.health import FeedOutcome
from monitor.identity import DeviceNames, NamingKey
from monitor.places.bindings import (
    MAX_SESSIONS,
    Address,
    BindingEvent,
    BindingSource,
    SessionEnd,
    SessionUpdate,
    pack_address,
)
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.feeds.neighbours.messages import (
    NEIGHBOUR_GROUP,
    Neighbour,
    make_request,
    parse_neighbours,
)
from schedules.language import gettext
from schedules.problem import Problem, Refused

ALL_INTERFACES = "all"
DUMP_INTERVAL = 60.0
"""Seconds between two readings of the whole table."""
LIFETIME = 180.0
"""Seconds for which an entry is believed that is not heard of again."""
RENEW_BEFORE = 130.0
"""Seconds before its end from which on an entry is told anew."""
KNOWN_LATE = 5.0
"""Seconds that a client may have had its address before its first entry is read: what it sent in
that time names it. Nothing else had the address then, for all that is known."""
BUFFER_SIZE = 4 * 1024 * 1024
"""Bytes of changes that may wait in the kernel."""
MAX_MESSAGE_SIZE = 64 * 1024
BATCH_SIZE = 2_000
"""Messages in one round: the other feeds have their turn."""


class NeighbourFeed:
    """A feed from the neighbour table.

    Args:
        interface: whose neighbours are clients; `all` for every interface.
        naming: hashes MAC addresses.

    Raises:
        Refused: on a system without netlink.
    """

    name = "neighbours"
    is_asked = True

    def __init__(self, interface: str, naming: NamingKey) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._interface = interface
        self._naming = naming
        self._names = SessionHasher()
        self._known: dict[Address, tuple[bytes, float]] = {}
        """The name of each neighbour, and until when it was told; empty for one that has gone."""
        self._requested_at = 0.0
        self._socket = _open_socket()

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._socket.fileno()

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what has changed, a limited number of messages at a time."""
        if not 0 <= now - self._requested_at < DUMP_INTERVAL:
            self._socket.send(make_request())
            self._requested_at = now
        for _ in range(BATCH_SIZE):
            try:
                content = self._socket.recv(MAX_MESSAGE_SIZE)
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
                self._requested_at = 0.0  # changes were lost: the whole table is read again
                return
            self.heard_at = now
            yield from self.receive_message(content, now)

    def receive_message(self, content: bytes, now: float) -> Iterator[BindingEvent]:
        """Yield the events of one message. Never raises, whatever is in it."""
        try:
            for neighbour in parse_neighbours(content):
                if self._is_watched(neighbour.interface):
                    yield from self._translate(neighbour, now)
        except ValueError:
            self.counts[FeedOutcome.MALFORMED] += 1

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def _is_watched(self, interface: int) -> bool:
        if self._interface == ALL_INTERFACES:
            return True
        try:
            return socket.if_indextoname(interface) == self._interface
        except OSError:
            return False  # it is gone

    def _translate(self, neighbour: Neighbour, now: float) -> Iterator[BindingEvent]:
        try:
            address = pack_address(ip_address(neighbour.address))
        except ValueError:
            return  # an address that every link has
        name = self._naming.name_hardware(neighbour.hardware)
        known, until = self._known.get(address, (b"", 0.0))
        if not name:
            if known:
                self._known[address] = (b"", now + LIFETIME)
                yield SessionEnd(BindingSource.NEIGHBOUR, self._names.digest(address), now)
            return
        if name == known and until - now > RENEW_BEFORE:
            return
        if address not in self._known and not self._has_room(now):
            return
        is_new = until <= now
        self._known[address] = (name, now + LIFETIME)
        self.counts[FeedOutcome.TAKEN] += 1
        yield SessionUpdate(
            BindingSource.NEIGHBOUR,
            self._names.digest(address),
            (address,),
            None,
            now - KNOWN_LATE if is_new else now,
            now + LIFETIME,
            names=DeviceNames(hardware=name),
        )

    def _has_room(self, now: float) -> bool:
        if len(self._known) >= MAX_SESSIONS:
            self._known = {key: entry for key, entry in self._known.items() if entry[1] > now}
        return len(self._known) < MAX_SESSIONS


def _open_socket() -> socket.socket:
    """Open a socket that is told of changes."""
    try:
        opened = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
        opened.setblocking(False)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_SIZE)
        opened.bind((0, NEIGHBOUR_GROUP))
    except (AttributeError, OSError) as error:
        where = gettext("key {key}", key="identity.neighbours")
        allowed = gettext("only on Linux, where AF_NETLINK may be used")
        raise Refused([Problem(where, ALL_INTERFACES, allowed)]) from error
    return opened


FEED = FeedSpec(
    name=NeighbourFeed.name,
    source=BindingSource.NEIGHBOUR,
    section="identity",
    key="neighbours",
    open=lambda interface, context: NeighbourFeed(interface, context.naming),
)
