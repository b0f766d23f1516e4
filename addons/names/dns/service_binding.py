"""Parses a service binding: the HTTPS and SVCB records of RFC 9460.

A browser asks for one beside the addresses. It may point elsewhere, hold addresses of its own
(hints), and hold the keys for hiding the name (ECH), with the name that is shown in its place.
"""

from collections.abc import Iterator
from contextlib import suppress
from struct import Struct
from typing import NamedTuple

from addons.names.dns.name import MALFORMED, parse_name

MAX_PARAMETERS = 16
"""The registry of 2024 has eight."""
MAX_HINTS = 32
MAX_ECH_CONFIGS = 8

_IPV4_HINT, _ECH, _IPV6_HINT = 4, 5, 6
"""Keys: RFC 9460, section 14.3.2."""
_HINT_SIZES = {_IPV4_HINT: 4, _IPV6_HINT: 16}
_ECH_VERSION = 0xFE0D
"""Version of an ECHConfig: RFC 9849, section 4. Those of older drafts are not in use any more."""
_BEFORE_KEY = 3
"""Bytes of an ECHConfig's contents before the key: its number and cipher."""
_LENGTH = 2
_KEY_AND_LENGTH = Struct(">HH")


class ServiceBinding(NamedTuple):
    """What a service binding says."""

    target: str
    """Where it points; "" where it points to its own name, or nowhere."""
    hints: list[bytes]
    """Packed addresses."""
    outer_names: list[str]


def parse_service_binding(message: bytes, start: int, end: int) -> ServiceBinding:
    """Return the data of an HTTPS or SVCB record, without malformed parameters.

    Raises:
        IndexError, ValueError: there is no target, as `parse_name` says.
    """
    target, at = parse_name(message, start + _LENGTH)
    service = ServiceBinding(target, [], [])
    if message[start : start + _LENGTH] == b"\0\0":  # an alias, which has no parameters
        return service
    for key, value in _split_parameters(message[at:end]):
        if key in _HINT_SIZES:
            service.hints.extend(_split_hints(value, _HINT_SIZES[key]))
        elif key == _ECH:
            service.outer_names.extend(_find_outer_names(value[_LENGTH:]))
    return service


def _split_parameters(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield keys with their complete values: RFC 9460, section 2.2."""
    return _split_keyed(data, MAX_PARAMETERS)


def _split_keyed(data: bytes, max_parts: int) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(max_parts):
        if at + _KEY_AND_LENGTH.size > len(data):
            return
        key, size = _KEY_AND_LENGTH.unpack_from(data, at)
        at += _KEY_AND_LENGTH.size + size
        if at > len(data):
            return
        yield key, data[at - size : at]


def _split_hints(value: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, min(len(value), MAX_HINTS * size), size):
        if at + size <= len(value):
            yield value[at : at + size]


def _find_outer_names(configurations: bytes) -> Iterator[str]:
    """Yield the public names of ECHConfigs, each after its version and length."""
    for version, contents in _split_keyed(configurations, MAX_ECH_CONFIGS):
        if version == _ECH_VERSION:
            with suppress(*MALFORMED):
                yield _parse_public_name(contents)


def _parse_public_name(contents: bytes) -> str:
    """Return the public name, which follows the key, its ciphers and a maximum length."""
    at = _BEFORE_KEY
    for _ in ("the key", "its ciphers"):
        at += _LENGTH + (contents[at] << 8 | contents[at + 1])
    at += 1
    name = contents[at + 1 : at + 1 + contents[at]]
    if not name or len(name) < contents[at]:
        raise ValueError
    return name.decode("ascii").lower().removesuffix(".")
