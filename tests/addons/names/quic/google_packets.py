"""Packets of Google's QUIC from before it was encrypted, made by hand."""

from typing import Literal

from tests.addons.hellos import HOSTNAME

CONNECTION = bytes.fromhex("b4a4f9f5f42edd39")


def hello(hostname: bytes = HOSTNAME.encode(), size: int = 1_024) -> bytes:
    """Make a CHLO with as much padding as it takes to fill a size."""
    values = [(b"PAD\x00", b"-" * (size - 8 - 3 * 8 - len(hostname) - 4)), (b"SNI\x00", hostname)]
    return message([*values, (b"VER\x00", b"Q046")])


def message(values: list[tuple[bytes, bytes]], tag: bytes = b"CHLO") -> bytes:
    index, content = b"", b""
    for name, value in values:
        content += value
        index += name + len(content).to_bytes(4, "little")
    return tag + len(values).to_bytes(2, "little") + b"\x00\x00" + index + content


def stream(data: bytes, version: int, offset: int = 0, number: int = 1) -> bytes:
    """Carry data in a STREAM frame."""
    order: Literal["big", "little"] = "big" if version >= 39 else "little"
    kind = 0xA0 | (0x04 if offset else 0)
    place = offset.to_bytes(2, order) if offset else b""
    return bytes((kind, number)) + place + len(data).to_bytes(2, order) + data


def packet(frames: bytes, version: int, number_size: int = 1, number: int = 1) -> bytes:
    """Put frames into a client's packet; the hash is not one."""
    name = b"Q%03d" % version
    if version >= 44:
        start = bytes((0xC0 | number_size - 1,)) + name + b"\x50" + CONNECTION
        return start + number.to_bytes(number_size) + bytes(12) + frames
    flags = 0x09 | {1: 0, 2: 1, 4: 2, 6: 3}[number_size] << 4
    start = bytes((flags,)) + CONNECTION + name + number.to_bytes(number_size, "little")
    return start + bytes(12) + (b"\x01" if version <= 33 else b"") + frames
