"""How a sighting, and what a sensor lost, is written in a datagram between two processes.

Both processes are of one version on one machine, so the format has no version of its own. Numbers
are big-endian. Kinds of evidence and ways to hide go by the codes of their declarations.
"""

import struct
from math import isfinite
from struct import Struct
from typing import NamedTuple

from addons.names.parse_result import MAX_HOSTNAME_LENGTH
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting

MAX_DATAGRAM_SIZE = 2_048
"""Bytes that are read of a datagram; the largest that is written is a third of it."""

_SIGHTING, _LOSSES, _NAMED_SIGHTING = 1, 2, 3
"""The first byte: what a datagram holds. A named sighting has the MAC address that the client's
frames came from after its head."""
_HEAD = Struct("!BdBBBQQBB")
"""Kind, timestamp, evidence, way to hide, opens a connection, bytes up and down, then the lengths
of client and hostname. The client, the hostname and the CNAME follow."""
_LOSSES_FORMAT = Struct("!BQQ")
"""Kind, lost packets, errors."""
_HARDWARE_SIZES = {_SIGHTING: 0, _NAMED_SIGHTING: 6}
_ADDRESS_SIZES = (4, 16)
_NOT_HIDDEN = 0
_EVIDENCE_BY_CODE = {evidence.wire_code: evidence for evidence in Evidence}
_HIDING_BY_CODE = {
    _NOT_HIDDEN: None,
    **{method.wire_code: method for method in HidingMethod},
}


class Losses(NamedTuple):
    """What a sensor lost since it last said so."""

    packets: int
    """Packets, or sightings."""
    errors: int


def encode_sighting(sighting: Sighting) -> bytes:
    """Return a sighting as a datagram."""
    timestamp, client, hostname, evidence, up, down, opens, cname, method, hardware = sighting
    name = hostname.encode()
    head = _HEAD.pack(
        _NAMED_SIGHTING if hardware else _SIGHTING,
        timestamp,
        evidence.wire_code,
        method.wire_code if method else _NOT_HIDDEN,
        opens,
        up,
        down,
        len(client),
        len(name),
    )
    return head + hardware + client + name + cname.encode()


def encode_losses(losses: Losses) -> bytes:
    """Return losses as a datagram."""
    return _LOSSES_FORMAT.pack(_LOSSES, *losses)


def decode(datagram: bytes) -> Sighting | Losses:
    """Return what a datagram holds.

    Raises:
        ValueError: when it holds neither.
    """
    if len(datagram) == _LOSSES_FORMAT.size and datagram[0] == _LOSSES:
        _, packets, errors = _LOSSES_FORMAT.unpack(datagram)
        return Losses(packets, errors)
    return decode_sighting(datagram)


def decode_sighting(datagram: bytes) -> Sighting:
    """Return the sighting in a datagram.

    Raises:
        ValueError: when it holds none.
    """
    try:
        kind, timestamp, evidence, method, opens, up, down, client_size, name_size = (
            _HEAD.unpack_from(datagram)
        )
        at = _HEAD.size + _HARDWARE_SIZES[kind]
        hardware = datagram[_HEAD.size : at]
        client, rest = datagram[at:][:client_size], datagram[at + client_size :]
        is_whole = len(client) == client_size in _ADDRESS_SIZES and len(rest) >= name_size
        if not is_whole:
            raise ValueError("no sighting")
        if not isfinite(timestamp) or max(name_size, len(rest) - name_size) > MAX_HOSTNAME_LENGTH:
            raise ValueError("no sighting: a timestamp, or a name, that cannot be")
        return Sighting(
            timestamp,
            client,
            rest[:name_size].decode("ascii"),
            _EVIDENCE_BY_CODE[evidence],
            up,
            down,
            bool(opens),
            rest[name_size:].decode("ascii"),
            _HIDING_BY_CODE[method],
            hardware,
        )
    except (struct.error, KeyError) as error:
        raise ValueError("no sighting") from error
