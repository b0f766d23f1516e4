"""The functions of libpcap that are needed, by ctypes.

scapy has a binding too, but it cannot read from a descriptor, and importing scapy costs a command
that only reads files more time and memory than reading does.
"""

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_int, c_long, c_uint, c_void_p
from functools import cache

from addons.captures.error import CaptureError
from schedules.language import gettext

ERROR_SIZE = 256
"""Bytes that libpcap writes an error into (PCAP_ERRBUF_SIZE)."""
NANOSECONDS = 1
"""Tells libpcap to count in nanoseconds (PCAP_TSTAMP_PRECISION_NANO)."""
MAX_FRAME_SIZE = 262_144
"""Bytes: libpcap's own bound (MAXIMUM_SNAPLEN)."""
NO_NETWORK = 0xFFFFFFFF
"""Tells libpcap that no filter needs the network's broadcast address (PCAP_NETMASK_UNKNOWN)."""

BUFFER_SIZE = 1 << 17
"""Bytes that are read of a file at a time: more would not stay in a core's own cache."""


class LibpcapMissing(CaptureError):
    """libpcap is not installed."""

    def __init__(self) -> None:
        super().__init__(gettext("libpcap is not installed; on Debian: apt install libpcap0.8"))


class FilterProgram(Structure):
    """A compiled filter (struct bpf_program)."""

    _fields_ = (("length", c_uint), ("instructions", c_void_p))

    length: int


class PcapHeader(Structure):
    """What stands with a frame (struct pcap_pkthdr)."""

    _fields_ = (
        ("seconds", c_long),
        ("nanoseconds", c_long),
        ("captured", c_uint),
        ("length", c_uint),
    )

    seconds: int
    nanoseconds: int
    captured: int
    length: int


_SIGNATURES = {
    "pcap_fopen_offline_with_tstamp_precision": (c_void_p, [c_void_p, c_uint, c_char_p]),
    "pcap_open_dead": (c_void_p, [c_int, c_int]),
    "pcap_datalink": (c_int, [c_void_p]),
    "pcap_compile": (c_int, [c_void_p, POINTER(FilterProgram), c_char_p, c_int, c_uint]),
    "pcap_setfilter": (c_int, [c_void_p, POINTER(FilterProgram)]),
    "pcap_freecode": (None, [POINTER(FilterProgram)]),
    "pcap_next_ex": (c_int, [c_void_p, POINTER(POINTER(PcapHeader)), POINTER(c_void_p)]),
    "pcap_dispatch": (c_int, [c_void_p, c_int, c_void_p, c_void_p]),
    "pcap_dump_fopen": (c_void_p, [c_void_p, c_void_p]),
    "pcap_dump_close": (None, [c_void_p]),
    "pcap_offline_filter": (c_int, [POINTER(FilterProgram), POINTER(PcapHeader), c_char_p]),
    "pcap_geterr": (c_char_p, [c_void_p]),
    "pcap_close": (None, [c_void_p]),
}


@cache
def load_libpcap() -> ctypes.CDLL:
    """Load libpcap, under Debian's name or as the system finds it.

    Raises:
        LibpcapMissing: when it is not installed.
    """
    try:
        loaded = ctypes.CDLL("libpcap.so.0.8")
    except OSError:
        name = _find_library()
        if name is None:
            raise LibpcapMissing from None
        loaded = ctypes.CDLL(name)
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded


def _find_library() -> str | None:
    from ctypes.util import find_library  # it imports subprocess, which takes time

    return find_library("pcap")


def compile_filter(handle: int, expression: str) -> FilterProgram:
    """Compile a filter for what a handle reads; call `free_filter` afterwards.

    Raises:
        ValueError: when libpcap refuses it.
    """
    program = FilterProgram()
    if load_libpcap().pcap_compile(
        handle, ctypes.byref(program), expression.encode(), 1, NO_NETWORK
    ):
        raise ValueError(last_error(handle))
    return program


def free_filter(program: FilterProgram) -> None:
    """Free a compiled filter."""
    load_libpcap().pcap_freecode(ctypes.byref(program))


def last_error(handle: int) -> str:
    """Return what libpcap says about its last error."""
    said: bytes = load_libpcap().pcap_geterr(handle)
    return said.decode(errors="replace")
