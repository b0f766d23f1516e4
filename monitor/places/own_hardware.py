"""Reads the MAC addresses of this machine, which are no client's."""

from pathlib import Path

INTERFACES = Path("/sys/class/net")
"""Where Linux lists its network interfaces; elsewhere there is nothing."""


def read_own_hardware(interfaces: Path = INTERFACES) -> frozenset[bytes]:
    """Return the MAC addresses of this machine's network interfaces."""
    read = (_read_address(path) for path in interfaces.glob("*/address"))
    return frozenset(address for address in read if address)


def _read_address(path: Path) -> bytes:
    """Return an interface's address; empty when it has none, or is gone by now."""
    try:
        return bytes.fromhex(path.read_text().strip().replace(":", ""))
    except (OSError, ValueError):
        return b""
