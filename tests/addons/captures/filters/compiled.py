"""A filter as libpcap compiles it, asked of one frame at a time."""

from ctypes import byref
from typing import Any

from addons.captures.files import libpcap
from addons.captures.files.libpcap import PcapHeader
from addons.packets import link_types

RAW = link_types.RAW
"""The number that stands in files, for which libpcap has another."""


class Compiled:
    """A filter for one link type."""

    def __init__(self, expression: str, link_type: int) -> None:
        number = link_types.RAW_BSD if link_type == RAW else link_type
        handle = libpcap.load_libpcap().pcap_open_dead(number, libpcap.MAX_FRAME_SIZE)
        self._program = libpcap.compile_filter(handle, expression)
        libpcap.load_libpcap().pcap_close(handle)

    def __len__(self) -> int:
        """How many instructions it has."""
        return self._program.length

    def passes(self, packet: Any, missing: int = 0) -> bool:
        """Tell whether a frame passes, of which the capture misses the last bytes."""
        content = bytes(packet)
        kept = content[: len(content) - missing]
        header = PcapHeader(0, 0, len(kept), len(content))
        return bool(
            libpcap.load_libpcap().pcap_offline_filter(byref(self._program), byref(header), kept)
        )
