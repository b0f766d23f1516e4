"""Parses what a rule compares, into a condition on a new connection over TCP."""

from collections.abc import Sequence
from typing import Any

from monitor.steering.condition import (
    MAX_PORT,
    AllOf,
    AnyOf,
    Constant,
    InterfaceCondition,
    InterfaceField,
    NumberCondition,
    NumberField,
    RuleCondition,
)
from monitor.steering.ruleset import Expression
from monitor.steering.value_set import ValueSet
from monitor.steering.values import (
    Incomparable,
    NamedSets,
    address_parser,
    list_elements,
    parse_names,
    parse_numbers,
    parse_port,
    parse_user,
)

MAX_COMBINED = 200
"""Elements of a set of combinations, such as addresses with their ports; more cost too much."""
_OPERATORS = {"==", "!=", "in"}
_NEGATED = "!="
_INTERFACES = {
    "iif": InterfaceField.COMES_IN,
    "iifname": InterfaceField.COMES_IN,
    "oif": InterfaceField.LEAVES_BY,
    "oifname": InterfaceField.LEAVES_BY,
}
_ADDRESSES = {"saddr": NumberField.SOURCE, "daddr": NumberField.DESTINATION}
_VERSIONS = {"ip": 4, "ip6": 6}
_OTHER_PROTOCOLS = {"udp", "udplite", "sctp", "dccp", "icmp", "icmpv6", "igmp", "esp", "ah", "comp"}
_TCP_FLAGS = {"protocol": "tcp", "field": "flags"}
_OF_FIRST_PACKET = "syn"
_EVERYTHING = ValueSet([(0, (1 << 128) - 1)])
_SAME_FOR_ALL: dict[tuple[str, str], frozenset[Any]] = {
    ("ct", "state"): frozenset({"new"}),
    ("ct", "direction"): frozenset({"original", 0}),
    ("ct", "status"): frozenset(),
    ("meta", "l4proto"): frozenset({"tcp", 6}),
    ("meta", "pkttype"): frozenset({"host", "unicast", 0}),
    ("ip", "protocol"): frozenset({"tcp", 6}),
    ("ip", "version"): frozenset({4}),
    ("ip6", "nexthdr"): frozenset({"tcp", 6}),
    ("ip6", "version"): frozenset({6}),
}
"""What is so of the first packet of every connection that can be steered."""


def parse_match(match: Expression, sets: NamedSets) -> RuleCondition:
    """Parse a comparison.

    Raises:
        Incomparable: when it is of something that a connection does not have by itself, such as
            a time of day, a mark or how many there were.
    """
    left, right, operator = match["left"], match["right"], match["op"]
    if operator in {"<", ">", "<=", ">="}:
        return _parse_bound(left, operator, right)
    if operator not in _OPERATORS:
        raise Incomparable
    if "concat" in left:
        return _parse_combinations(left["concat"], list_elements(right, sets), operator, sets)
    elements = right if isinstance(right, list) else list_elements(right, sets)
    return _compare(left, elements, is_negated=operator == _NEGATED)


def parse_member(left: Expression, key: Any, sets: NamedSets) -> RuleCondition:
    """Parse one key of a map of verdicts."""
    if "concat" in left:
        return _parse_combinations(left["concat"], [key], "==", sets)
    return _compare(left, [key], is_negated=False)


def _parse_combinations(
    fields: Sequence[Expression], elements: Sequence[Any], operator: str, sets: NamedSets
) -> RuleCondition:
    if len(elements) > MAX_COMBINED:
        raise Incomparable
    combinations = [
        AllOf(
            [
                _compare(field, list_elements(value, sets), is_negated=False)
                for field, value in zip(fields, element["concat"], strict=True)
            ]
        )
        for element in elements
    ]
    return AnyOf(combinations, operator == _NEGATED)


def _parse_bound(left: Expression, operator: str, right: Any) -> RuleCondition:
    if left.get("payload", {}).get("field") != NumberField.PORT.value:
        raise Incomparable
    port = parse_port(right)
    first, last = {
        "<": (0, port - 1),
        "<=": (0, port),
        ">": (port + 1, MAX_PORT),
        ">=": (port, MAX_PORT),
    }[operator]
    return _compare(left, [{"range": [first, last]}], is_negated=False)


def _compare(left: Expression, elements: Sequence[Any], *, is_negated: bool) -> RuleCondition:
    ((kind, content),) = left.items()
    if kind == "&" or content == _TCP_FLAGS:
        flags = content if kind == "&" else [_TCP_FLAGS, _OF_FIRST_PACKET]
        return _compare_flags(flags, elements, is_negated=is_negated)
    match kind:
        case "meta":
            return _compare_meta(content["key"], elements, is_negated=is_negated)
        case "payload":
            return _compare_payload(content, elements, is_negated=is_negated)
        case "ct":
            return _compare_same("ct", content["key"], elements, is_negated=is_negated)
        case "fib" if content["result"] == "type" and content["flags"] == ["daddr"]:
            return Constant(("unicast" in elements) is not is_negated)
    raise Incomparable


def _compare_flags(
    masked: Sequence[Any], elements: Sequence[Any], *, is_negated: bool
) -> RuleCondition:
    """Compare the flags of TCP; a first packet carries but one."""
    field, mask = masked
    if field not in ({"payload": _TCP_FLAGS}, _TCP_FLAGS):
        raise Incomparable
    seen = {_OF_FIRST_PACKET} & set([mask] if isinstance(mask, str) else mask)
    return Constant((seen == set(elements)) is not is_negated)


def _compare_meta(key: str, elements: Sequence[Any], *, is_negated: bool) -> RuleCondition:
    if key in _INTERFACES:
        return InterfaceCondition(_INTERFACES[key], frozenset(parse_names(elements)), is_negated)
    if key == "skuid":
        users = parse_numbers(elements, parse_user, 32)
        return NumberCondition(NumberField.USER, None, users, is_negated)
    if key in {"nfproto", "protocol"}:
        versions = [_only(version) for name, version in _VERSIONS.items() if name in elements]
        versions += [_only(4)] if "ipv4" in elements else []
        versions += [_only(6)] if "ipv6" in elements else []
        return AnyOf(versions, is_negated)
    return _compare_same("meta", key, elements, is_negated=is_negated)


def _compare_payload(
    content: Expression, elements: Sequence[Any], *, is_negated: bool
) -> RuleCondition:
    protocol, field = content["protocol"], content["field"]
    if protocol in _OTHER_PROTOCOLS:
        return Constant(value=False)
    if protocol in {"tcp", "th"} and field == NumberField.PORT.value:
        ports = parse_numbers(elements, parse_port, 16)
        return NumberCondition(NumberField.PORT, None, ports, is_negated)
    if field in _ADDRESSES and protocol in _VERSIONS:
        version = _VERSIONS[protocol]
        addresses = parse_numbers(elements, *address_parser(version))
        return NumberCondition(_ADDRESSES[field], version, addresses, is_negated)
    same = _compare_same(protocol, field, elements, is_negated=is_negated)
    return AllOf([_only(_VERSIONS[protocol]), same])


def _compare_same(
    kind: str, field: str, elements: Sequence[Any], *, is_negated: bool
) -> RuleCondition:
    known = _SAME_FOR_ALL.get((kind, field))
    if known is None:
        raise Incomparable
    return Constant(bool(known & set(elements)) is not is_negated)


def _only(version: int) -> RuleCondition:
    """Return what holds for one version of the Internet Protocol."""
    return NumberCondition(NumberField.DESTINATION, version, _EVERYTHING)
