"""Asks Kea for its leases on its control socket, for those who cannot share the lease file.

Kea must have loaded its hook `lease_cmds`. It takes one command on a connection, answers it, and
closes the connection. Everything is asked every half minute: Kea 2.2 tells nothing by itself.
"""

import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.places.bindings import MOST_SESSIONS, Address, Event
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.leases import Lease, Leases
from monitor.places.feeds.feed import Outcome

EVERY = 30.0
"""Seconds between two questions."""
PATIENCE = 3.0
"""Seconds for a whole answer: the other feeds wait."""
LARGEST = 64 * 1024 * 1024
"""Bytes of an answer; a lease takes some 400."""
COMMAND = b'{"command": "lease4-get-all"}'
_PIECE = 256 * 1024


class KeaSilent(OSError):
    """Kea gave no answer that can be used; what it did say is not quoted."""


class KeaControl:
    """A feed from Kea's control socket.

    Args:
        path: of the socket, as `control-socket` in Kea's configuration names it.
        leases: makes bindings of leases.
    """

    name = "kea-control"

    def __init__(self, path: Path, leases: Leases) -> None:
        self.counts: Counter[Outcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._leases = leases
        self._known: dict[Address, Lease] = {}
        self._asked = 0.0

    def events(self, now: float) -> Iterator[Event]:
        """Ask when it is time to, and give what has changed since.

        Raises:
            KeaSilent: when there is no answer, or none that can be used.
        """
        if 0 <= now - self._asked < EVERY:
            return
        found = dict(self._read(ask(self._path)))
        self._asked = self.heard_at = now
        known, self._known = self._known, found
        for address in known.keys() - found.keys():
            yield self._leases.ended(address, now)
        for address, lease in found.items():
            if known.get(address) != lease:
                yield self._leases.held(lease, now, self.counts)

    def close(self) -> None:
        """Nothing is held open."""

    def _read(self, content: bytes) -> Iterator[tuple[Address, Lease]]:
        for each in given(content)[:MOST_SESSIONS]:
            try:
                lease = lease_of(each)
            except ValueError:
                self.counts[Outcome.MALFORMED] += 1
                continue
            yield lease.address, lease


def ask(path: Path) -> bytes:
    """Send the command, and give the whole answer.

    Raises:
        KeaSilent: when Kea does not answer in time, or without end.
    """
    ends = time.monotonic() + PATIENCE
    content = bytearray()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        try:
            asking.settimeout(PATIENCE)
            asking.connect(str(path))
            asking.sendall(COMMAND)
            while piece := asking.recv(_PIECE):
                content += piece
                asking.settimeout(max(0.001, ends - time.monotonic()))
                if len(content) > LARGEST:
                    raise KeaSilent("an answer without end")
        except TimeoutError:
            raise KeaSilent("no answer in time") from None
        except OSError as error:
            raise KeaSilent(error.errno, error.strerror or str(error)) from None
    return bytes(content)


def given(content: bytes) -> list[Any]:
    """Give the leases of an answer, without the names in it.

    Kea's results are 0 (done), 2 (no such command) and 3 (nothing found).

    Raises:
        KeaSilent: when it is an error, or no answer of Kea's.
    """
    try:
        answer = kea.read_json(content)
    except ValueError:
        raise KeaSilent("no JSON that can be read") from None
    match answer:
        case {"result": 0, "arguments": {"leases": list(leases)}}:
            return leases
        case {"result": 3}:
            return []
        case {"result": 2}:
            raise KeaSilent("Kea has not loaded its hook lease_cmds")
    raise KeaSilent("an error of Kea's")


def lease_of(each: object) -> Lease:
    """Read one lease of an answer.

    Raises:
        ValueError: when a value is missing or wrong; the error does not quote it.
    """
    match each:
        case {
            "ip-address": str(text),
            "cltt": int(since),
            "valid-lft": int(lifetime),
            "state": int(state),
            **more,
        } if 0 <= since < 2**40 and 0 <= lifetime <= kea.FOREVER:
            until = kea.end(since, lifetime) if state == kea.ASSIGNED else since
            said = kea.relayed(more.get("user-context"))
            return Lease(kea.address(text), said, since, until)
    raise ValueError("no lease")
