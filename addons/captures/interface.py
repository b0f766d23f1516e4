"""Captures frames of an interface, by scapy's socket with the filter in the kernel.

scapy opens the socket, compiles the filter and attaches it. What the socket receives is read here,
without scapy's classes: a frame, the time at which the kernel saw it, and the VLAN tag that the
kernel removed and reports beside it.
"""

import errno
import fcntl
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from struct import Struct, pack, unpack
from typing import TYPE_CHECKING

from addons.captures.error import CaptureError
from addons.captures.frame import CapturedFrame
from addons.packets import link_types
from schedules.language import gettext

if TYPE_CHECKING:
    from scapy.arch.linux import L2ListenSocket

BUFFER_SIZE = 32_000_000
"""Bytes that may wait in the kernel: many times a second of a full gigabit's handshakes."""

_MAX_FRAME_SIZE = 262_144
_ANCILLARY = 128
_BUFFER_AS_ROOT, _BUFFER_AS_USER = 33, socket.SO_RCVBUF
"""SO_RCVBUFFORCE, which ignores the system's limit, and SO_RCVBUF."""
_TIMESTAMP = 35
"""SO_TIMESTAMPNS."""
_PACKET, _STATISTICS, _AUXILIARY = 263, 6, 8
"""SOL_PACKET, and of packet(7) PACKET_STATISTICS and PACKET_AUXDATA."""
_TIME = Struct("@qq")
_AUXILIARY_DATA = Struct("@IIIHHHH")
"""struct tpacket_auxdata: status, length, captured, link, network, tag, the tag's EtherType."""
_HAS_TAG, _HAS_TAG_TYPE = 0x10, 0x40
_TAG, _TAG_TYPE = Struct("!HH"), 0x8100
_ADDRESSES = 12
_HARDWARE = 0x8927
"""SIOCGIFHWADDR."""
_GOING_OUT = 4
_GONE = frozenset((errno.ENETDOWN, errno.ENXIO, errno.ENODEV))

_LOOPBACK = 772
_LINK_TYPES = {
    1: link_types.ETHERNET,
    _LOOPBACK: link_types.ETHERNET,
    512: link_types.RAW_BSD,  # PPP, whose header the kernel does not show
    768: link_types.RAW_BSD,  # IP in IP
    769: link_types.RAW_BSD,  # IPv6 in IPv6
    776: link_types.RAW_BSD,  # IPv6 in IPv4
    778: link_types.RAW_BSD,  # GRE
    65534: link_types.RAW_BSD,  # tun, WireGuard
}
"""The link type of an interface, by its hardware type (ARPHRD in Linux's if_arp.h)."""


class InterfaceGone(CaptureError):
    """An interface that went down, or was removed, while it was read."""

    def __init__(self, name: str) -> None:
        super().__init__(gettext("interface {name} went down, or is no more", name=name))


class CaptureInterface:
    """The frames that pass an interface, and the filter."""

    def __init__(
        self, name: str, make_filter: Callable[[int], str], *, promiscuous: bool = False
    ) -> None:
        """Start to capture.

        Args:
            name: of the interface.
            make_filter: returns the filter for a link type, in libpcap's language.
            promiscuous: whether to capture frames for other machines, as on a mirror port.

        Raises:
            CaptureError: when the interface cannot be captured.
        """
        if sys.platform != "linux":
            raise CaptureError(gettext("listening to an interface needs Linux"))
        self.name = name
        hardware = _hardware_type(name)
        if hardware not in _LINK_TYPES:
            raise CaptureError(
                gettext(
                    "interface {name} is of kind {hardware}, which cannot be read",
                    name=name,
                    hardware=hardware,
                )
            )
        self.link_type = _LINK_TYPES[hardware]
        self._is_loopback = hardware == _LOOPBACK
        self._is_tagged = self.link_type == link_types.ETHERNET
        self._listening = _open_socket(name, make_filter(self.link_type), promiscuous=promiscuous)
        self._socket: socket.socket = self._listening.ins
        self._socket.setblocking(False)
        _enlarge_buffer(self._socket)
        self._room = bytearray(_MAX_FRAME_SIZE)
        self._view = memoryview(self._room)

    def fileno(self) -> int:
        """Return the descriptor, for select."""
        return self._socket.fileno()

    def read_frame(self) -> CapturedFrame | None:
        """Return the next frame; None when there is none now.

        Raises:
            InterfaceGone: when no more will come.
        """
        try:
            while True:
                size, ancillary, _, address = self._socket.recvmsg_into((self._room,), _ANCILLARY)
                # On loopback each packet is seen twice: as it goes out and as it comes in.
                if not self._is_loopback or address[2] != _GOING_OUT:
                    return self._make_frame(size, ancillary)
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno in _GONE:
                raise InterfaceGone(self.name) from None
            raise

    def count_dropped(self) -> int:
        """Return the number of frames that the kernel dropped since the last call."""
        counts = self._socket.getsockopt(_PACKET, _STATISTICS, 8)
        lost: int = unpack("@II", counts)[1]  # reading resets both
        return lost

    def close(self) -> None:
        """Stop capturing; a second call does nothing."""
        self._listening.close()

    def _make_frame(self, size: int, ancillary: list[tuple[int, int, bytes]]) -> CapturedFrame:
        content, timestamp, length = bytes(self._view[:size]), 0.0, size
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == _TIMESTAMP:
                seconds, nanoseconds = _TIME.unpack_from(data)
                timestamp = seconds + nanoseconds * 1e-9
            elif level == _PACKET and kind == _AUXILIARY:
                status, length, _, _, _, tag, tag_type = _AUXILIARY_DATA.unpack_from(data)
                if status & _HAS_TAG and self._is_tagged:
                    restored = _TAG.pack(tag_type if status & _HAS_TAG_TYPE else _TAG_TYPE, tag)
                    content = content[:_ADDRESSES] + restored + content[_ADDRESSES:]
                    length += _TAG.size
        return CapturedFrame(timestamp, content, length)


def _hardware_type(name: str) -> int:
    """Return the hardware type of an interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe, _HARDWARE, pack("16s24x", name.encode()[:15]))
        except OSError:
            there = ", ".join(known for _, known in socket.if_nameindex())
            raise CaptureError(
                gettext("there is no interface {name}; there are {there}", name=name, there=there)
            ) from None
    hardware: int = unpack("@16xH22x", answer)[0]
    return hardware


def _open_socket(name: str, expression: str, *, promiscuous: bool) -> "L2ListenSocket":
    from scapy.arch.linux import L2ListenSocket
    from scapy.config import conf
    from scapy.error import Scapy_Exception
    from scapy.layers import inet, inet6, l2  # noqa: F401  # scapy needs to know the link types

    conf.ifaces.reload()  # an interface may be newer than scapy's list
    try:
        return L2ListenSocket(iface=name, filter=expression, promisc=promiscuous)
    except PermissionError:
        raise CaptureError(
            gettext(
                "listening to {name} is not allowed: it needs root, or CAP_NET_RAW "
                "(AmbientCapabilities=CAP_NET_RAW in a systemd unit)",
                name=name,
            )
        ) from None
    except (Scapy_Exception, OSError) as error:
        raise CaptureError(
            gettext("cannot listen to {name}: {error}", name=name, error=error)
        ) from error


def _enlarge_buffer(listening: socket.socket) -> None:
    """Enlarge the buffer: up to the system's limit, and beyond it where that is allowed."""
    for option in (_BUFFER_AS_USER, _BUFFER_AS_ROOT):
        with suppress(OSError):
            listening.setsockopt(socket.SOL_SOCKET, option, BUFFER_SIZE)
