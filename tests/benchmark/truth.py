"""The captures that nobody of this project made, and what is known to be in them.

They are no part of the project: where their folder is absent, so are the figures.
"""

import json
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.names.http_host import is_ip_address
from addons.packets import link_types
from tests.monitor.catalogue.test_platforms import OUR_ROLE, ROLES

TRAFFIC = Path(__file__).parents[2] / ".." / "shared" / "traffic"
ABSENT = "the captures, which are no part of the project, are not here"

SOURCES = {
    "tls_sni": "TLS",
    "quic_sni": "QUIC",
    "gquic_sni": "Google's QUIC",
    "http_host": "HTTP",
}
"""How the truth learned a connection's name; its other names are of DNS."""
_LINKS = {
    link_types.ETHERNET: "Ethernet",
    link_types.LINUX_SLL: "Linux cooked",
    link_types.LINUX_SLL2: "Linux cooked, second",
    link_types.NULL: "NULL",
    link_types.LOOP: "NULL",
    link_types.CISCO_HDLC: "Cisco's HDLC",
    link_types.PPP: "PPP",
    link_types.PPP_ETHER: "PPPoE",
    link_types.PPP_SERIAL: "PPP",
    **dict.fromkeys(
        (link_types.RAW, link_types.RAW_BSD, link_types.IPV4, link_types.IPV6), "raw IP"
    ),
}

type Flow = frozenset[tuple[str, int]]
"""The two ends of a connection, whichever began it."""


class Expected(NamedTuple):
    """A connection and its name, as the truth has them."""

    capture: str
    hostname: str
    source: str
    frame: int
    flow: Flow
    around: str
    """What stands around its packets."""
    platform: str | None
    role: str | None
    lookalike: bool


def captures() -> list[Path]:
    """Give every capture; none where they are absent."""
    return sorted((TRAFFIC / "captures").iterdir()) if TRAFFIC.is_dir() else []


def connections() -> Iterator[Expected]:
    """Give the connections that have a name; an address in the place of a name is none."""
    for row in _rows():
        if row.get("source") in SOURCES and not is_ip_address(plain(row["hostname"])):
            yield _expected(row)


def addresses() -> int:
    """Count the connections that have an address in the place of a name."""
    rows = (row for row in _rows() if row.get("source") in SOURCES)
    return sum(is_ip_address(plain(row["hostname"])) for row in rows)


def by_address() -> dict[tuple[str, str], int]:
    """Count nameless ClientHellos to addresses that DNS gave for a platform, by both.

    What goes to such an address and has no beginning in the capture is left out.
    """
    found: dict[tuple[str, str], int] = {}
    for row in _rows():
        platform = row.get("platform_dns_inferred")
        if platform and row.get("ch"):
            key = row["pcap"], _ours(platform)
            found[key] = found.get(key, 0) + 1
    return found


def aliases() -> set[tuple[str, str]]:
    """Give the names that answers of DNS point to, by capture."""
    return {(r["pcap"], plain(r["hostname"])) for r in _rows() if r.get("source") == "dns_cname"}


def every_name() -> set[tuple[str, str]]:
    """Give all that tshark 4.4 and nDPI 4.11 made of the captures, by capture."""
    names = {(row["pcap"], row.get(key, "")) for row in _rows() for key in _NAMES}
    return {(capture, plain(name)) for capture, name in names if name}


_NAMES = ("hostname", "ndpi_hostname", "seen_by_ndpi_only")


def plain(hostname: str) -> str:
    """Bring a name into the form in which names are compared: without case, port or last dot."""
    name = hostname.lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return (name.partition(":")[0] if name.count(":") == 1 else name).rstrip(".")


def flow(source: str, source_port: int | str, target: str, target_port: int | str) -> Flow:
    """Name a connection by its ends."""
    ends = ((source, source_port), (target, target_port))
    return frozenset((str(ip_address(address)), int(port)) for address, port in ends)


def _rows() -> Iterator[dict[str, Any]]:
    with (TRAFFIC / "truth.jsonl").open() as lines:
        yield from map(json.loads, lines)


def _expected(row: dict[str, Any]) -> Expected:
    role = OUR_ROLE.get(row["hostname"], ROLES[row["role"]]).value if "role" in row else None
    return Expected(
        row["pcap"],
        plain(row["hostname"]),
        row["source"],
        row["frame"],
        flow(row["src"], row["sport"], row["dst"], row["dport"]),
        _around(row),
        _ours(row["platform"]) if "platform" in row else None,
        role,
        "lookalike" in row,
    )


def _ours(platform: str) -> str:
    return "weblogs" if platform == "weblog" else platform


def _around(row: dict[str, Any]) -> str:
    pieces = [_link(row["pcap"])]
    pieces += ["VLAN"] if row.get("vlan") else []
    pieces += ["a tunnel"] if row.get("tun") else []
    return ", ".join(pieces)


@cache
def _link(capture: str) -> str:
    try:
        with CaptureFile(TRAFFIC / "captures" / capture) as opened:
            return _LINKS[opened.link_type]
    except CaptureError:
        return "what cannot be opened"
