"""The sensor's end of the link: hands sightings to the gateway on the same machine.

One core counts each device once, so a sensor beside a gateway has none of its own. They are two
processes because they have different rights: the gateway reads what strangers send and needs no
rights, the sensor needs the right to capture. The Unix socket between them carries one datagram a
sighting and never blocks: what the gateway cannot take in time is lost, and counted.
"""

import socket
from collections import deque
from contextlib import suppress
from pathlib import Path

from addons.link.wire_format import Losses, encode_losses, encode_sighting
from monitor.sighting import Sighting

BUFFER_SIZE = 1_000_000
"""Bytes for what waits in the kernel, which lets some 500 datagrams wait, whatever is asked for
(net.unix.max_dgram_qlen)."""
MAX_WAITING = 16_384
"""Sightings that wait behind those: a second of a busy school, many times."""


class SightingSender:
    """A sink that sends what it receives to a gateway.

    Args:
        path: of the gateway's socket.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_SIZE)
        self._waiting: deque[bytes] = deque()
        self._lost_packets = 0
        self._errors = 0

    @property
    def health(self) -> "SightingSender":
        """Return itself: losses are sent, too."""
        return self

    def receive_sighting(self, sighting: Sighting) -> None:
        """Send a sighting, as soon as the gateway takes it."""
        if len(self._waiting) < MAX_WAITING:
            self._waiting.append(encode_sighting(sighting))
        else:
            self.count_dropped_packets(1)
        self._send_waiting()

    def name_hardware(self, mac: bytes) -> bytes:
        """Return the MAC address itself: the key that it is hashed with stays with the core."""
        return mac

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        """Return the address with the MAC address: what else is known stands with the core."""
        return client + hardware

    def tick(self) -> None:
        """Send what waits, and what was lost."""
        self._send_waiting()
        with suppress(OSError):
            if self._lost_packets or self._errors:
                self._send(encode_losses(Losses(self._lost_packets, self._errors)))
                self._lost_packets = self._errors = 0

    def count_dropped_packets(self, packets: int) -> None:
        """Count packets, or sightings, that were lost."""
        self._lost_packets += packets

    def count_addon_error(self) -> None:
        """Count an error of the sensor."""
        self._errors += 1

    def close(self) -> None:
        """End; what still waits is lost."""
        self.tick()
        self._socket.close()

    def _send_waiting(self) -> None:
        """Send as much as the gateway takes; without a gateway, all that waits is lost."""
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
