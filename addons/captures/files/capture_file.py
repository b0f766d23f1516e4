"""Reads capture files by libpcap: pcap, pcapng and others, also compressed by gzip or zstd.

The filter runs inside libpcap, so that Python sees only the frames that pass it.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from ctypes import byref, create_string_buffer
from pathlib import Path
from types import TracebackType
from typing import Self

from addons.captures.error import CaptureError
from addons.captures.files import c_streams, libpcap
from addons.captures.files.decompression import CaptureSource, Decompressor
from addons.captures.files.frame_batches import FrameBatches
from addons.captures.frame import CapturedFrame
from addons.packets import ether_type
from addons.packets.link_types import ETHERNET, LINK_SKIPPERS
from schedules.language import Message, gettext, gettext_lazy

STANDARD_INPUT = "-"
MAX_TAGGED = 4_096
"""Frames with a VLAN tag that cost about as much as compiling a filter that looks behind tags."""

_TYPE_AT = 12
"""Offset of an Ethernet frame's type, or of its tag."""
_TAGS = frozenset(kind.to_bytes(2) for kind in ether_type.VLAN)
_EXPLANATIONS: Mapping[str, Message] = {
    "truncated": gettext_lazy("is empty, or cut off before its first packet"),
    "unknown file format": gettext_lazy(
        "is not a capture (pcap or pcapng, also packed by gzip or zstd)"
    ),
    "different from the type": gettext_lazy(
        "has interfaces of different link types; write one file for each, with "
        "`tshark -r FILE -Y 'frame.interface_id == 0' -w ONE.pcapng`"
    ),
}
"""What libpcap says, and what it means."""


class CaptureFile:
    """A capture file, or standard input: a context manager that is iterated over once."""

    def __init__(
        self,
        name: str | Path,
        make_filter: Callable[[int], str] = lambda _link_type: "",
        *,
        make_tagged_filter: Callable[[int], str] | None = None,
    ) -> None:
        """Open a file.

        Args:
            name: a path, or `-` for standard input.
            make_filter: returns the filter for a link type, in libpcap's language.
            make_tagged_filter: returns the filter that replaces it once many of the frames that
                passed have a VLAN tag.

        Raises:
            CaptureError: when it is no capture that can be read.
            LibpcapMissing: when libpcap is not installed.
        """
        self._libpcap = libpcap.load_libpcap()
        self.name = gettext("standard input") if str(name) == STANDARD_INPUT else str(name)
        self._handle: int | None = None
        self._batches: FrameBatches | None = None
        self._make_tagged_filter = make_tagged_filter
        self._decompressor: Decompressor | None = None
        self._buffer = create_string_buffer(libpcap.BUFFER_SIZE)
        self._source = self._open_source(str(name))
        try:
            self.size = os.fstat(self._source.descriptor).st_size
            """Bytes of the file on the disk; 0 when that is unknown."""
            self._handle = self._open_handle()
            self.link_type = self._check_link_type(self._handle)
            try:
                self._set_filter(self._handle, make_filter(self.link_type))
                self._batches = FrameBatches(self._handle)
            except ValueError as error:
                raise self._error(
                    gettext("cannot be read by this libpcap ({error})", error=error)
                ) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._batches is not None:
            self._batches.close()
        if self._handle is not None:
            self._libpcap.pcap_close(self._handle)
        self._batches = self._handle = None
        if self._decompressor is not None:
            self._decompressor.join()
        self._source.close()

    def position(self) -> int:
        """Return how many bytes of the file on the disk were read."""
        return self._source.position()

    def __iter__(self) -> Iterator[CapturedFrame]:
        """Yield the frames that pass the filter.

        Raises:
            CaptureError: after the last whole frame, when the file does not end there.
        """
        batches = self._batches
        if batches is None:
            return
        frames = iter(batches)
        if self._make_tagged_filter is not None and self.link_type == ETHERNET:
            yield from self._until_many_tagged(frames, self._make_tagged_filter)
        yield from frames
        if self._handle is not None and (batches.is_broken or self._is_damaged()):
            raise self._truncation_error(self._handle)

    def _until_many_tagged(
        self, frames: Iterator[CapturedFrame], make_filter: Callable[[int], str]
    ) -> Iterator[CapturedFrame]:
        """Yield frames until many were tagged, and set this filter for the rest."""
        tagged = 0
        for frame in frames:
            yield frame
            if frame.content[_TYPE_AT : _TYPE_AT + 2] in _TAGS:
                tagged += 1
                if tagged >= MAX_TAGGED and self._handle is not None:
                    self._set_filter(self._handle, make_filter(self.link_type))
                    return

    def _open_source(self, name: str) -> CaptureSource:
        try:
            if name == STANDARD_INPUT:
                return CaptureSource(os.dup(sys.stdin.fileno()))
            return CaptureSource(os.open(name, os.O_RDONLY | os.O_CLOEXEC))
        except (OSError, ValueError) as error:
            raise self._error(_open_failure(error)) from error

    def _open_handle(self) -> int:
        """Open the file for libpcap, which reads it itself where it can, else through a pipe."""
        if self._source.is_compressed or not self._source.rewind():
            self._decompressor = Decompressor(self._source)
            descriptor = self._decompressor.end
        else:
            descriptor = os.dup(self._source.descriptor)
        said = create_string_buffer(libpcap.ERROR_SIZE)
        file = c_streams.open_reader(descriptor, self._buffer)
        handle: int | None = self._libpcap.pcap_fopen_offline_with_tstamp_precision(
            file, libpcap.NANOSECONDS, said
        )
        if handle is None:
            c_streams.close(file)
            raise self._error(self._explain(said.value.decode(errors="replace")))
        return handle

    def _check_link_type(self, handle: int) -> int:
        number: int = self._libpcap.pcap_datalink(handle)
        if number not in LINK_SKIPPERS:
            raise self._error(
                gettext("has link type {number}, which cannot be read", number=number)
            )
        return number

    def _set_filter(self, handle: int, expression: str) -> None:
        if not expression:
            return
        program = libpcap.compile_filter(handle, expression)
        self._libpcap.pcap_setfilter(handle, byref(program))
        libpcap.free_filter(program)

    def _is_damaged(self) -> bool:
        """Return whether decompression failed, which is known before the pipe ends."""
        return self._decompressor is not None and self._decompressor.is_damaged

    def _truncation_error(self, handle: int) -> CaptureError:
        said = libpcap.last_error(handle)
        if not self._is_damaged() and "truncated" in said:
            return self._error(
                gettext(
                    "is cut off {position}; what stood before it was read",
                    position=self._position_text(),
                )
            )
        return self._error(
            gettext(
                "{what} {position}; what stood before it was read",
                what=self._explain(said),
                position=self._position_text(),
            )
        )

    def _position_text(self) -> str:
        return gettext("near byte {position}", position=format(self.position(), ","))

    def _explain(self, said: str) -> str:
        if self._is_damaged():
            return gettext("is packed, and the packing is damaged or cut off")
        for words, meaning in _EXPLANATIONS.items():
            if words in said:
                return str(meaning)
        return gettext("cannot be read further ({said})", said=said)

    def _error(self, what: str) -> CaptureError:
        return CaptureError(f"{self.name} {what}")


def _open_failure(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return gettext("is not there")
        case PermissionError():
            return gettext("may not be read by this user")
        case IsADirectoryError():
            return gettext("is a directory, and not a capture")
    return gettext("cannot be opened")
