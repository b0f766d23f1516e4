"""Asks Kea for its leases on its control socket, for schools that cannot share the lease file.

Kea must have loaded its hook `lease_cmds`. It takes one command on a connection, answers it, and
closes the connection. All leases are requested every half minute: Kea 2.2 sends none by itself.
"""

import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.health import FeedOutcome
from monitor.places.bindings import MAX_SESSIONS, Address, BindingEvent, BindingSource
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.leases import Lease, LeaseTranslator
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.hardware_address import parse_ipv6_hardware

ASK_INTERVAL = 30.0
"""Seconds between two requests."""
TIMEOUT = 3.0
"""Seconds for a whole answer: the other feeds wait."""
MAX_ANSWER_SIZE = 64 * 1024 * 1024
"""Bytes of an answer; a lease takes some 400."""
COMMAND = b'{"command": "lease4-get-all"}'
COMMAND_6 = b'{"command": "lease6-get-all"}'
_PIECE = 256 * 1024


class KeaUnavailable(OSError):
    """Kea gave no answer that can be used; the error does not quote it."""


class KeaControlFeed:
    """A feed from Kea's control socket.

    Args:
        path: of the socket, as `control-socket` in Kea's configuration names it.
        leases: translates leases into events.
    """

    name = "kea-control"
    is_asked = True
    command = COMMAND

    def __init__(self, path: Path, leases: LeaseTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._leases = leases
        self._known: dict[Address, int] = {}
        """The hash of each lease, which is only compared: a MAC address is not kept."""
        self._requested_at = 0.0

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Request the leases when it is time, and yield what has changed.

        Raises:
            KeaUnavailable: when there is no answer, or none that can be used.
        """
        if 0 <= now - self._requested_at < ASK_INTERVAL:
            return
        current = dict(self._parse_leases(request_leases(self._path, self.command)))
        self._requested_at = self.heard_at = now
        known, self._known = self._known, {key: hash(lease) for key, lease in current.items()}
        for address in known.keys() - current.keys():
            yield self._leases.end_event(address, now)
        for address, lease in current.items():
            if known.get(address) != self._known[address]:
                yield self._leases.lease_event(lease, now, self.counts)

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def _parse_leases(self, content: bytes) -> Iterator[tuple[Address, Lease]]:
        for lease_record in parse_answer(content)[:MAX_SESSIONS]:
            try:
                lease = parse_lease(lease_record)
            except ValueError:
                self.counts[FeedOutcome.MALFORMED] += 1
                continue
            if lease is not None:
                yield lease.address, lease


def request_leases(path: Path, command: bytes = COMMAND) -> bytes:
    """Send the command, and return the whole answer.

    Raises:
        KeaUnavailable: when Kea does not answer in time, or without end.
    """
    ends = time.monotonic() + TIMEOUT
    content = bytearray()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        try:
            asking.settimeout(TIMEOUT)
            asking.connect(str(path))
            asking.sendall(command)
            while piece := asking.recv(_PIECE):
                content += piece
                asking.settimeout(max(0.001, ends - time.monotonic()))
                if len(content) > MAX_ANSWER_SIZE:
                    raise KeaUnavailable("an answer without end")
        except TimeoutError:
            raise KeaUnavailable("no answer in time") from None
        except OSError as error:
            raise KeaUnavailable(error.errno, error.strerror or str(error)) from None
    return bytes(content)


def parse_answer(content: bytes) -> list[Any]:
    """Return the leases of an answer, without the names in it.

    Kea's results are 0 (done), 2 (no such command) and 3 (nothing found).

    Raises:
        KeaUnavailable: when it is an error, or no answer of Kea's.
    """
    try:
        answer = kea.parse_json(content)
    except ValueError:
        raise KeaUnavailable("no JSON that can be read") from None
    match answer:
        case {"result": 0, "arguments": {"leases": list(leases)}}:
            return leases
        case {"result": 3}:
            return []
        case {"result": 2}:
            raise KeaUnavailable("Kea has not loaded its hook lease_cmds")
    raise KeaUnavailable("an error of Kea's")


def parse_lease(item: object) -> Lease | None:
    """Parse one lease of an answer; None when it leases no address.

    Raises:
        ValueError: when a value is missing or wrong; the error does not quote it.
    """
    match item:
        case {"type": kea.PREFIX_TYPE}:
            return None
        case {
            "ip-address": str(text),
            "cltt": int(since),
            "valid-lft": int(lifetime),
            "state": int(state),
            **more,
        } if 0 <= since < 2**40 and 0 <= lifetime <= kea.FOREVER:
            until = kea.lease_end(since, lifetime) if state == kea.ASSIGNED else since
            relay_info = kea.parse_relay_info(more.get("user-context"))
            mac, duid = (str(more.get(key, "")) for key in ("hw-address", "duid"))
            hardware = parse_ipv6_hardware(mac, duid)
            if more.get("type") == kea.TEMPORARY_TYPE:
                hardware = b""
            return Lease(kea.parse_address(text), relay_info, since, until, hardware=hardware)
    raise ValueError("no lease")


FEED = FeedSpec(
    name=KeaControlFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="kea_socket",
    open=lambda path, context: KeaControlFeed(path, context.leases),
)
