"""Who may see itself: whoever shows an address that is its own, and of one device alone.

That an address is one device's cannot be known for sure. What tells that it is not is refused: a
proxy's headers, the sensor's own machine, addresses that the school has written down as shared.
What opens too much for one device is refused elsewhere (`looks`, `look`).
"""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

from monitor.configuration import DeviceSettings
from monitor.own_device.look import Ending
from monitor.places.prefix_map import PrefixMap

OF_A_PROXY = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-real-ip", "x-client-ip", "true-client-ip"}
)
"""Headers that a proxy adds. What they say is not believed: anybody can write it."""

type Address = IPv4Address | IPv6Address


class Caller(NamedTuple):
    """Who is at the other end of a connection."""

    address: Address
    own: Address
    """Of this machine: where the connection came in."""


def plain(text: str) -> Address:
    """Read a socket's address; an IPv4 address that IPv6 carries is IPv4."""
    address = ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def refused(
    caller: Caller, headers: Mapping[str, str], settings: DeviceSettings, places: PrefixMap
) -> Ending | None:
    """Say why a caller may not see itself; None: it may."""
    if not OF_A_PROXY.isdisjoint(headers):
        return Ending.PROXIED
    if any(caller.address in prefix for prefix in settings.shared):
        return Ending.SHARED
    is_here = caller.address.is_loopback or caller.address == caller.own
    if is_here and places.find(caller.address.packed) is None:
        return Ending.HERE
    return None


def is_ours(host: str, names: tuple[str, ...]) -> bool:
    """Whether a Host header names this page: an address, or a name that the school has given it.

    Under any other name a site elsewhere could have its name lead here, and read the page as its
    own (DNS rebinding).
    """
    name = host.rpartition("]")[0].removeprefix("[") if "]" in host else host.partition(":")[0]
    if name.lower().rstrip(".") in {"localhost", *(each.lower() for each in names)}:
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
