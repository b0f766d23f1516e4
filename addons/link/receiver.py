"""The gateway's end of the link: receives what the passive sensor on the same machine sends."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from addons.flows.error_counter import ErrorCounter
from addons.flows.sink import SightingSink
from addons.link.wire_format import MAX_DATAGRAM_SIZE, Losses, decode
from monitor.unix_socket import bind_datagram_socket
from schedules.language import describe_os_error

MAX_BURST = 512
"""Datagrams that are received before connections have their turn again."""


class SocketUnavailable(Exception):
    """The socket cannot be made: where, and why."""


class SightingReceiver:
    """A socket to read from whenever it is readable.

    Args:
        path: of the socket, in a folder that exists.
        sink: receives the sightings.

    Raises:
        OSError: when the socket cannot be made.
    """

    def __init__(self, path: Path, sink: SightingSink) -> None:
        self._path = path
        self._sink = sink
        self._error_counter = ErrorCounter(sink.health.count_addon_error)
        self._socket = bind_datagram_socket(path)

    def fileno(self) -> int:
        """Return the descriptor, for an event loop."""
        return self._socket.fileno()

    def receive_waiting(self) -> None:
        """Receive what waits, up to `MAX_BURST` datagrams. Never raises."""
        for _ in range(MAX_BURST):
            try:
                datagram = self._socket.recv(MAX_DATAGRAM_SIZE)
            except OSError:  # nothing more waits now
                return
            with self._error_counter:
                self._receive(datagram)

    def close(self) -> None:
        """Close the socket, and remove its file."""
        self._socket.close()
        with suppress(OSError):
            self._path.unlink()

    def _receive(self, datagram: bytes) -> None:
        received = decode(datagram)
        if isinstance(received, Losses):
            self._sink.health.count_dropped_packets(received.packets)
            if received.errors:
                self._sink.health.count_addon_error()
        else:
            name = self._sink.name_hardware(received.hardware)
            self._sink.receive_sighting(received._replace(hardware=name))


@contextmanager
def receive_sightings(path: Path | None, sink: SightingSink) -> Iterator[SightingReceiver | None]:
    """Receive what a sensor sends for as long as the context lasts; nothing without a path.

    Raises:
        SocketUnavailable: on entering, when the socket cannot be made.
    """
    if path is None:
        yield None
        return
    try:
        receiver = SightingReceiver(path, sink)
    except OSError as error:
        raise SocketUnavailable(f"{path}: {describe_os_error(error)}") from error
    with closing(receiver):
        yield receiver
