"""What Kea's lease file and its control socket have in common."""

import json
from ipaddress import ip_address
from typing import Any

from monitor.places.bindings import Address, pack_address
from monitor.places.feeds.dhcp.leases import MAX_LEASE_DURATION
from monitor.places.feeds.dhcp.option82 import RelayInfo, parse_hexadecimal

ASSIGNED = 0
"""The state of a lease in use; 1 is declined, 2 is expired and reclaimed."""
TEMPORARY = "1"
"""The type of a lease of a temporary address (IA_TA) in the file of DHCPv6, which names nobody."""
PREFIX = "2"
"""The type of a lease of a whole prefix (IA_PD) in the file of DHCPv6: a router's, no client's."""
TEMPORARY_TYPE, PREFIX_TYPE = "IA_TA", "IA_PD"
"""The same, on the control socket."""
FOREVER = 0xFFFF_FFFF
"""The lifetime of a lease without end."""
KEPT = frozenset(
    {
        "hw-address",
        "duid",
        "type",
        "arguments",
        "leases",
        "result",
        "ip-address",
        "cltt",
        "valid-lft",
        "state",
    }
    | {"user-context", "ISC", "relay-agent-info", "sub-options"}
)
"""All keys that are kept of Kea's JSON: names are dropped as it is parsed."""


def parse_json(text: str | bytes) -> Any:
    """Parse Kea's JSON, and keep the keys in `KEPT` alone.

    Raises:
        ValueError: when it is no JSON, or too deep; the error does not quote it.
    """
    try:
        return json.loads(text, object_pairs_hook=_kept)
    except (ValueError, RecursionError):
        raise ValueError("no JSON that can be read") from None


def parse_relay_info(context: object) -> RelayInfo:
    """Parse option 82 in a lease's user context, which has it with `store-extended-info`.

    Kea 2.2 gives it as text; newer ones give an object with `sub-options` (unverified).

    Raises:
        ValueError: when it is not hexadecimal.
    """
    match context:
        case {"ISC": {"relay-agent-info": str(text)}}:
            return parse_hexadecimal(text)
        case {"ISC": {"relay-agent-info": {"sub-options": str(text)}}}:
            return parse_hexadecimal(text)
    return RelayInfo()


def parse_address(text: str) -> Address:
    """Parse an address; an error does not quote it.

    Raises:
        ValueError: when it is none.
    """
    try:
        return pack_address(ip_address(text))
    except ValueError:
        raise ValueError("no address") from None


def lease_end(since: float, lifetime: int) -> float:
    """Return when a lease ends; Kea writes 4294967295 for a lifetime without end."""
    return since + (MAX_LEASE_DURATION if lifetime == FOREVER else lifetime)


def _kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if key in KEPT}
