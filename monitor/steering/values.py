"""The values that rules compare with, as nftables writes them in JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from ipaddress import ip_address
from pwd import getpwnam
from socket import getservbyname
from typing import Any

from monitor.steering.condition import ADDRESS_BITS
from monitor.steering.value_set import ValueSet


class Incomparable(Exception):
    """Something that cannot be held against a connection that is thought up."""


type NamedSets = Mapping[str, Sequence[Any]]
"""The elements of a table's sets and maps, by their names."""


def list_elements(right: Any, sets: NamedSets) -> Sequence[Any]:
    """List the values of a comparison: of a named set, of one that stands in the rule, or one.

    Raises:
        Incomparable: when there is no such set.
    """
    if isinstance(right, str) and right.startswith("@"):
        if right[1:] not in sets:
            raise Incomparable
        return [strip_element(element) for element in sets[right[1:]]]
    if isinstance(right, Mapping) and "set" in right:
        content = right["set"]
        elements = content if isinstance(content, list) else [content]
        return [strip_element(element) for element in elements]
    return [right]


def strip_element(element: Any) -> Any:
    """Return an element of a set without its time, its comment and its counter."""
    while isinstance(element, Mapping) and "elem" in element:
        element = element["elem"]["val"]
    return element


def parse_numbers(elements: Sequence[Any], parse: Callable[[Any], int], bits: int) -> ValueSet:
    """Parse values that are numbers, prefixes or ranges.

    Raises:
        Incomparable: when any is something else.
    """
    return ValueSet(_parse_range(element, parse, bits) for element in elements)


def _parse_range(value: Any, parse: Callable[[Any], int], bits: int) -> tuple[int, int]:
    if isinstance(value, Mapping) and "prefix" in value:
        prefix = value["prefix"]
        first, host_bits = parse(prefix["addr"]), bits - prefix["len"]
        first &= ~((1 << host_bits) - 1)
        return first, first + (1 << host_bits) - 1
    if isinstance(value, Mapping) and "range" in value:
        first, last = value["range"]
        return parse(first), parse(last)
    if value == "*":
        return 0, (1 << bits) - 1
    number = parse(value)
    return number, number


def address_parser(version: int) -> tuple[Callable[[Any], int], int]:
    """Return what parses an address, and its bits."""

    def parse(value: Any) -> int:
        try:
            address = ip_address(value)
        except ValueError as error:
            raise Incomparable from error
        if address.version != version:
            raise Incomparable
        return int(address)

    return parse, ADDRESS_BITS[version]


def parse_port(value: Any) -> int:
    """Parse a port, by its number or its name."""
    try:
        return value if isinstance(value, int) else getservbyname(value, "tcp")
    except (OSError, TypeError) as error:
        raise Incomparable from error


def parse_user(value: Any) -> int:
    """Parse a user, by number or name."""
    try:
        return value if isinstance(value, int) else getpwnam(value).pw_uid
    except (KeyError, TypeError) as error:
        raise Incomparable from error


def parse_names(elements: Sequence[Any]) -> Iterator[str]:
    """Parse names of interfaces, or how they begin."""
    for element in elements:
        if not isinstance(element, str):
            raise Incomparable
        yield element
