"""What a passive sensor hands to the gateway on the same machine, which has the core.

One core counts each device once, so a sensor beside a gateway has none of its own. They are two
processes because they may not the same: the gateway reads what strangers send and needs no rights,
the sensor needs the right to capture. Between them is a Unix socket, one datagram a sighting, that
never blocks: what a gateway cannot take in time is lost, and counted.
"""

import os
import socket
import struct
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from math import isfinite
from pathlib import Path
from struct import Struct

from addons.flows.error_counter import ErrorCounter
from addons.flows.sink import SightingSink
from addons.names.parse_result import MAX_HOSTNAME_LENGTH
from monitor.sighting import Evidence, HidingMethod, Sighting

SOCKET_MODE = 0o660
"""Of the socket: for the gateway's user and its group."""
BUFFER_SIZE = 1_000_000
"""Bytes for what waits in the kernel, which lets some 500 datagrams wait, whatever is asked for
(net.unix.max_dgram_qlen)."""
MAX_WAITING = 16_384
"""Sightings that wait behind those: a second of a busy school, many times."""
MAX_BURST = 512
"""Datagrams that are taken before connections have their turn again."""
MAX_DATAGRAM_SIZE = 2_048

_SIGHTING, _LOST = 1, 2
_HEAD = Struct("!BdBBBQQBB")
"""Kind, moment, evidence, what hides it, opens, bytes up and down, lengths of client, hostname."""
_LOSS = Struct("!BQQ")
"""Kind, packets dropped, errors."""
_ADDRESSES = (4, 16)
_EVIDENCE = tuple(Evidence)
_HIDDEN = (None, *HidingMethod)


class SocketUnavailable(Exception):
    """The socket cannot be made: where, and why."""


def encode_sighting(sighting: Sighting) -> bytes:
    """Write a sighting as a datagram."""
    moment, client, hostname, evidence, up, down, opens, alias, hidden = sighting
    name = hostname.encode()
    head = _HEAD.pack(
        _SIGHTING,
        moment,
        _EVIDENCE.index(evidence),
        _HIDDEN.index(hidden),
        opens,
        up,
        down,
        len(client),
        len(name),
    )
    return head + client + name + alias.encode()


def decode_sighting(datagram: bytes) -> Sighting:
    """Read a sighting.

    Raises:
        ValueError: when the datagram is none.
    """
    try:
        kind, moment, evidence, hidden, opens, up, down, address, name = _HEAD.unpack_from(datagram)
        client, rest = datagram[_HEAD.size :][:address], datagram[_HEAD.size + address :]
        is_whole = len(client) == address in _ADDRESSES and len(rest) >= name
        if kind != _SIGHTING or not is_whole:
            raise ValueError("no sighting")
        if not isfinite(moment) or max(name, len(rest) - name) > MAX_HOSTNAME_LENGTH:
            raise ValueError("no sighting: a moment, or a name, that cannot be")
        return Sighting(
            moment,
            client,
            rest[:name].decode("ascii"),
            _EVIDENCE[evidence],
            up,
            down,
            bool(opens),
            rest[name:].decode("ascii"),
            _HIDDEN[hidden],
        )
    except (struct.error, IndexError) as error:
        raise ValueError("no sighting") from error


class SightingSender:
    """Hands sightings on; takes the place of a core for a passive sensor.

    Args:
        path: of the gateway's socket.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_SIZE)
        self._waiting: deque[bytes] = deque()
        self._lost = [0, 0]

    @property
    def health(self) -> "SightingSender":
        """Itself."""
        return self

    def receive_sighting(self, sighting: Sighting) -> None:
        """Hand a sighting on, if there is a gateway that takes it."""
        if len(self._waiting) < MAX_WAITING:
            self._waiting.append(encode_sighting(sighting))
        else:
            self.count_dropped_packets(1)
        self._send_waiting()

    def tick(self) -> None:
        """Hand on what waits, and what was lost."""
        self._send_waiting()
        with suppress(OSError):
            if any(self._lost):
                self._send(_LOSS.pack(_LOST, *self._lost))
                self._lost = [0, 0]

    def count_dropped_packets(self, packets: int) -> None:
        """Count packets, or sightings, that were lost."""
        self._lost[0] += packets

    def count_addon_error(self) -> None:
        """Count an error of the sensor."""
        self._lost[1] += 1

    def close(self) -> None:
        """End; what still waits is lost."""
        self.tick()
        self._socket.close()

    def _send_waiting(self) -> None:
        """Hand on what waits, as far as the gateway takes it; without one, all of it is lost."""
        try:
            while self._waiting:
                self._send(self._waiting[0])
                self._waiting.popleft()
        except BlockingIOError:
            return
        except OSError:
            self.count_dropped_packets(len(self._waiting))
            self._waiting.clear()

    def _send(self, datagram: bytes) -> None:
        self._socket.sendto(datagram, self._path)


class SightingReceiver:
    """The gateway's side: a socket to read from whenever it is readable.

    Args:
        path: of the socket, in a folder that is there; one that an earlier process left is
            replaced, and no other kind of file.
        sink: receives the sightings.

    Raises:
        OSError: when the socket cannot be made.
    """

    def __init__(self, path: Path, sink: SightingSink) -> None:
        self._path = path
        self._sink = sink
        self._error_counter = ErrorCounter(sink.health.count_addon_error)
        if path.is_socket():
            path.unlink()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        before = os.umask(0o777 & ~SOCKET_MODE)
        try:
            self._socket.bind(str(path))
        except OSError:
            self._socket.close()
            raise
        finally:
            os.umask(before)

    def fileno(self) -> int:
        """Give the descriptor, for an event loop."""
        return self._socket.fileno()

    def receive_waiting(self) -> None:
        """Take what is there, and no more than a bounded part of it. Never raises."""
        for _ in range(MAX_BURST):
            try:
                datagram = self._socket.recv(MAX_DATAGRAM_SIZE)
            except OSError:  # nothing more now
                return
            with self._error_counter:
                self._receive(datagram)

    def close(self) -> None:
        """End, and take the socket away."""
        self._socket.close()
        with suppress(OSError):
            self._path.unlink()

    def _receive(self, datagram: bytes) -> None:
        if len(datagram) == _LOSS.size and datagram[0] == _LOST:
            _, packets, errors = _LOSS.unpack(datagram)
            self._sink.health.count_dropped_packets(packets)
            if errors:
                self._sink.health.count_addon_error()
        else:
            self._sink.receive_sighting(decode_sighting(datagram))


@contextmanager
def receive_sightings(path: Path | None, sink: SightingSink) -> Iterator[SightingReceiver | None]:
    """Take what a sensor hands on for as long as the context lasts, where a path says at what.

    Raises:
        NoSocket: on entering, when the socket cannot be made.
    """
    if path is None:
        yield None
        return
    try:
        taken = SightingReceiver(path, sink)
    except OSError as error:
        raise SocketUnavailable(f"{path}: {error.strerror}") from error
    with closing(taken):
        yield taken
