"""What dnsmasq runs for each lease (`dhcp-script`): sends it on, without whose it is.

A program of its own, for `deploy/dnsmasq/lesrust-dhcp-script`: it imports the standard library
alone, so that it starts fast. It sends one datagram of seven lines: action, address, when the lease
ends, circuit, remote, relay and MAC address, which its receiver hashes. Names are not used.

Arguments are the action, the address and the MAC address, or of IPv6 a DUID: there dnsmasq says the
MAC address in its environment where it knows it, as it does the rest; when it begins anew, it knows
none of IPv6 until a client renews. dnsmasq 2.90 cuts a circuit
or remote off at its first zero byte, so one made of numbers may be lost.
"""

import os
import socket
import sys
from collections.abc import Mapping, Sequence

SOCKET = "LESRUST_DHCP_SOCKET"
"""The variable that names the feed's socket."""
DEFAULT_SOCKET = "/run/lesrust/dnsmasq.sock"
ACTIONS = ("add", "old", "del")
VARIABLES = (
    b"DNSMASQ_LEASE_EXPIRES",
    b"DNSMASQ_CIRCUIT_ID",
    b"DNSMASQ_REMOTE_ID",
    b"DNSMASQ_RELAY_ADDRESS",
)
HARDWARE = b"DNSMASQ_MAC"
ASSOCIATION = b"DNSMASQ_IAID"
TEMPORARY = b"T"
"""How the association of a temporary IPv6 address (IA_TA) begins, which names nobody."""
TIMEOUT = 2.0
"""Seconds: a busy feed loses a lease, so that dnsmasq does not wait longer."""
MAX_VALUE_SIZE = 255


def make_message(arguments: Sequence[str], environment: Mapping[bytes, bytes]) -> bytes | None:
    """Return the message to send; None when it is not about a lease."""
    action, address, hardware, *_ = (*arguments, "", "", "")
    if action not in ACTIONS:
        return None
    values = [environment.get(name, b"")[:MAX_VALUE_SIZE] for name in VARIABLES]
    if ":" in address:
        is_temporary = environment.get(ASSOCIATION, b"").startswith(TEMPORARY)
        hardware = "" if is_temporary else os.fsdecode(environment.get(HARDWARE, b""))
    lines = [action.encode(), os.fsencode(address)[:MAX_VALUE_SIZE], *values, os.fsencode(hardware)]
    return b"\n".join(_printable(line[:MAX_VALUE_SIZE]) for line in lines)


def send_message(content: bytes, path: str) -> None:
    """Send a message to the feed.

    Raises:
        OSError: when nothing receives it.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
        sending.settimeout(TIMEOUT)
        sending.connect(path)
        sending.send(content)


def main() -> int:
    """Send the lease; return 1 when nothing receives it, which dnsmasq writes in its log."""
    content = make_message(sys.argv[1:], os.environb)
    try:
        if content is not None:
            send_message(content, os.environ.get(SOCKET, DEFAULT_SOCKET))
    except OSError:
        return 1
    return 0


def _printable(value: bytes) -> bytes:
    is_text = value.isascii() and value.decode().isprintable()
    return value if is_text else value.hex().encode()


if __name__ == "__main__":
    sys.exit(main())
