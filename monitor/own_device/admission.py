"""Which caller may see itself: one whose address is its own, and of one device alone.

That an address is one device's cannot be known for sure. Signs that it is not are refused: a
proxy's headers, the sensor's own machine, addresses that the school has configured as shared. What
opens too much for one device is refused by `session_registry` and `device_session`.
"""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

from monitor.configuration import DeviceSettings
from monitor.own_device.device_session import EndReason
from monitor.places.prefix_map import PrefixMap

PROXY_HEADERS = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-real-ip", "x-client-ip", "true-client-ip"}
)
"""Headers that a proxy adds. What they say is not trusted: anybody can write it."""

type Address = IPv4Address | IPv6Address


class Caller(NamedTuple):
    """The two ends of a connection."""

    address: Address
    local_address: Address
    """This machine's, where the connection came in."""


def parse_address(text: str) -> Address:
    """Parse a socket's address; an IPv4 address that IPv6 carries is IPv4."""
    address = ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def refusal_reason(
    caller: Caller, headers: Mapping[str, str], settings: DeviceSettings, places: PrefixMap
) -> EndReason | None:
    """Return why a caller may not see itself; None when it may."""
    if not PROXY_HEADERS.isdisjoint(headers):
        return EndReason.PROXIED
    if any(caller.address in prefix for prefix in settings.shared):
        return EndReason.SHARED
    is_here = caller.address.is_loopback or caller.address == caller.local_address
    if is_here and places.find(caller.address.packed) is None:
        return EndReason.HERE
    return None


def is_own_host(host: str, names: tuple[str, ...]) -> bool:
    """Say whether a Host header names this page: an address, or a name that the school configured.

    Under any other name a site elsewhere could have its name lead here, and read the page as its
    own (DNS rebinding).
    """
    name = host.rpartition("]")[0].removeprefix("[") if "]" in host else host.partition(":")[0]
    if name.lower().rstrip(".") in {"localhost", *(own_name.lower() for own_name in names)}:
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
