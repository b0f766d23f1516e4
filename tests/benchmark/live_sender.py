"""What the sensor is measured with: frames, sent to an interface at a rate.

    python -m tests.benchmark.live_sender INTERFACE

A line on standard input is one of

    connections RATE SECONDS    new connections a second, half of them over QUIC
    packets RATE SECONDS        packets a second of transfers that go on, with few new connections

and is answered by a line of JSON: the `connections` and `packets` that were sent, and the `seconds`
that it took. Frames are made before the first is sent, and go out in batches, by sendmmsg(2).
"""

import ctypes
import json
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count, islice
from random import Random

from tests.benchmark.transfer import Transfer

BATCHES_A_SECOND = 500
MAX_BATCH_SIZE = 512
BULK = 8_192
"""Frames of transfers that go on, which are sent over and over."""
PACKETS_FOR_A_CONNECTION = 1_000
_BYPASS = 20
"""PACKET_QDISC_BYPASS of packet(7), at SOL_PACKET."""
_PACKET = 263


class Vector(ctypes.Structure):
    """Where a frame lies (struct iovec)."""

    _fields_ = (("base", ctypes.c_char_p), ("length", ctypes.c_size_t))


class Header(ctypes.Structure):
    """What is sent, and how (struct msghdr)."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint),
        ("vectors", ctypes.POINTER(Vector)),
        ("vector_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


class MmsgHeader(ctypes.Structure):
    """A frame to send (struct mmsghdr)."""

    _fields_ = (("header", Header), ("sent", ctypes.c_uint))


class Sender:
    """Sends frames to an interface."""

    def __init__(self, interface: str) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self._socket.bind((interface, 0))
        self._socket.setsockopt(_PACKET, _BYPASS, 1)
        self._sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg

    def send(self, frames: Sequence[bytes], rate: float) -> float:
        """Send them at a rate, or as fast as can be; give the seconds that it took."""
        messages = _messages(frames)
        batch = max(1, min(MAX_BATCH_SIZE, int(rate / BATCHES_A_SECOND)))
        start = time.perf_counter()
        sent = 0
        while sent < len(frames):
            ahead = start + sent / rate - time.perf_counter()
            if ahead > 0:
                time.sleep(ahead)
            sent += self._batch(messages, sent, min(batch, len(frames) - sent))
        return time.perf_counter() - start

    def _batch(self, messages: "ctypes.Array[MmsgHeader]", at: int, size: int) -> int:
        place = ctypes.byref(messages, at * ctypes.sizeof(MmsgHeader))
        done: int = self._sendmmsg(self._socket.fileno(), place, size, 0)
        if done < 0:
            raise OSError(ctypes.get_errno(), "sendmmsg")
        return done


def _messages(frames: Sequence[bytes]) -> "ctypes.Array[MmsgHeader]":
    vectors = (Vector * len(frames))(*(Vector(frame, len(frame)) for frame in frames))
    messages = (MmsgHeader * len(frames))()
    for message, vector in zip(messages, vectors, strict=True):
        message.header.vectors = ctypes.pointer(vector)
        message.header.vector_count = 1
    return messages


def connections(numbers: Iterator[int], number: int) -> list[bytes]:
    """Give the frames of that many handshakes."""
    random = Random(1)
    each = islice(numbers, number)
    return [frame for at in each for frame in Transfer(random, at, is_quic=bool(at % 2)).begin()]


def bulk(numbers: Iterator[int]) -> list[bytes]:
    """Give frames of transfers that go on."""
    random = Random(2)
    frames: list[bytes] = []
    while len(frames) < BULK:
        frames += Transfer(random, next(numbers)).go_on()
    return frames


def mixed(
    numbers: Iterator[int], repeated: Sequence[bytes], number: int
) -> tuple[list[bytes], int]:
    """Give that many packets, and how many connections begin in them."""
    frames: list[bytes] = []
    begun = 0
    while len(frames) < number:
        at = len(frames) % BULK
        frames += repeated[at : at + PACKETS_FOR_A_CONNECTION]
        frames += connections(numbers, 1)
        begun += 1
    return frames, begun


def main() -> None:
    """Send what is asked until standard input ends."""
    sender = Sender(sys.argv[1])
    numbers = count()
    repeated = bulk(count(10_000_000))
    for line in sys.stdin:
        kind, *amounts = line.split()
        rate, seconds = map(float, amounts)
        wanted = begun = int(rate * seconds)
        if kind == "connections":
            frames = connections(numbers, wanted)
        else:
            frames, begun = mixed(numbers, repeated, wanted)
        took = sender.send(frames, rate * len(frames) / wanted)
        said = {"connections": begun, "packets": len(frames), "seconds": took}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
