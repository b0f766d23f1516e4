"""What Lesrust, tshark and ndpiReader read in captures: each as its user runs it."""

import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from addons.packets.tunnel import Tunnel
from tests.benchmark.truth import Flow, flow, plain

MAX_DURATION = 120
"""Seconds that a reader may take for one capture."""
DNS = 53

NDPI_PLATFORMS = {
    "Facebook": "facebook",
    "FacebookApps": "facebook",
    "FacebookVoip": "facebook",
    "FbookReelStory": "facebook",
    "Messenger": "facebook",
    "Instagram": "instagram",
    "LinkedIn": "linkedin",
    "Pinterest": "pinterest",
    "Snapchat": "snapchat",
    "SnapchatCall": "snapchat",
    "TikTok": "tiktok",
    "Tumblr": "weblogs",
    "Twitter": "x",
    "Wordpress": "weblogs",
    "YouTube": "youtube",
    "YouTubeUpload": "youtube",
}
"""The platform that nDPI means by a protocol's name."""
_NDPI_NAMED = frozenset(("TLS", "QUIC", "HTTP", "HTTP_Proxy", "HTTP_Connect", "DTLS"))
_FIELDS = (
    "frame.number",
    "tls.handshake.extensions_server_name",
    "http.host",
    "gquic.tag.sni",
    "dns.flags.response",
    "dns.count.answers",
    "udp.srcport",
    "tcp.srcport",
    "dns.qry.name",
    "dns.cname",
)
_WITH_NAMES = (
    "tls.handshake.extensions_server_name or http.host or gquic.tag.sni or dns.flags.response == 1"
)


class Read(NamedTuple):
    """What `lesrust recognise` makes of a name in a capture."""

    hostname: str
    evidence: str
    platform: str | None
    role: str | None


type Recognised = Mapping[str, Mapping[Read, int]]
"""By capture, with the number of connections, or of answers."""


def command(files: Sequence[Path]) -> list[str]:
    """Give what reads captures with every tunnel switched on."""
    tunnels = [option for tunnel in Tunnel for option in ("--tunnel", tunnel.value)]
    return ["recognise", "--json", *tunnels, *map(str, files)]


def lesrust(files: Sequence[Path]) -> Recognised:
    """Run `lesrust recognise`."""
    said = subprocess.run(
        [sys.executable, "-m", "monitor", *command(files)],
        check=False,  # captures that are cut off end it with 1, and a foreign file with 2
        capture_output=True,
        text=True,
    )
    return recognised(said.stdout.splitlines())


def recognised(lines: Iterable[str]) -> Recognised:
    """Read what it prints."""
    found: dict[str, Counter[Read]] = defaultdict(Counter)
    for row in map(json.loads, lines):
        read = Read(plain(row["hostname"]), row["evidence"], row["platform"], row["role"])
        found[Path(row["capture"]).name][read] += row["connections"]
    return found


class TsharkFields(NamedTuple):
    """What tshark shows of one capture."""

    names: dict[str, int]
    """Of connections, each with the frame that has it first."""
    answered: dict[str, int]
    """What answers of DNS are about and where they point, from port 53 and with an answer."""


def tshark(file: Path) -> TsharkFields:
    """Run tshark; what it does not get done in time is not there."""
    return shown(_said("tshark", *for_tshark(file)).splitlines())


def for_tshark(file: Path) -> list[str]:
    """Give what tshark is to be asked."""
    fields = [option for field in _FIELDS for option in ("-e", field)]
    lines = ("-T", "fields", *fields, "-E", "aggregator= ")
    return ["-n", "-r", str(file), "-Y", _WITH_NAMES, *lines]


def shown(lines: Iterable[str]) -> TsharkFields:
    """Read what it prints."""
    found = TsharkFields({}, {})
    for line in lines:
        values = line.split("\t")
        if len(values) == len(_FIELDS):
            _show(found, dict(zip(_FIELDS, values, strict=True)))
    return found


def _show(shown: TsharkFields, fields: Mapping[str, str]) -> None:
    frame = int(fields["frame.number"])
    for name in " ".join(fields[field] for field in _FIELDS[1:4]).split():
        shown.names.setdefault(plain(name), frame)
    if _is_answer(fields):
        for name in f"{fields['dns.qry.name']} {fields['dns.cname']}".split():
            shown.answered.setdefault(plain(name), frame)


def _is_answer(fields: Mapping[str, str]) -> bool:
    ports = f"{fields['udp.srcport']} {fields['tcp.srcport']}".split()
    is_response = "1" in fields["dns.flags.response"].split() and str(DNS) in ports
    return is_response and fields["dns.count.answers"].split()[:1] not in ([], ["0"])


class Flows(NamedTuple):
    """What ndpiReader makes of one capture."""

    platforms: dict[Flow, set[str]]
    """Of connections that it takes for a platform's, or once did."""
    names: set[str]


def ndpi(file: Path, folder: Path) -> Flows:
    """Run ndpiReader, with GTP's tunnels switched on.

    Args:
        file: a capture.
        folder: for what it writes.
    """
    table = folder / "flows.csv"
    table.unlink(missing_ok=True)
    _said("ndpiReader", "-t", "-q", "-i", str(file), "-C", str(table))
    flows = Flows(defaultdict(set), set())
    if table.exists():
        with table.open(errors="replace", newline="") as lines:
            for row in csv.DictReader(lines):
                _follow(flows, row)
    return flows


def names_in(rows: Iterable[Mapping[str, str]]) -> set[str]:
    """Give the connections' names in a table that ndpiReader wrote."""
    flows = Flows(defaultdict(set), set())
    for row in rows:
        _follow(flows, row)
    return flows.names


def _follow(flows: Flows, row: Mapping[str, str]) -> None:
    kinds = (row.get("ndpi_proto") or "").split(".")
    platform = next((NDPI_PLATFORMS[kind] for kind in kinds if kind in NDPI_PLATFORMS), None)
    try:
        ends = flow(row["src_ip"], row["src_port"], row["dst_ip"], row["dst_port"])
    except (KeyError, ValueError):
        return
    if platform:
        flows.platforms[ends].add(platform)
    name = plain(row["server_name_sni"] or "")
    if name and kinds[0] in _NDPI_NAMED:
        flows.names.add(name)


def _said(*arguments: str) -> str:
    try:
        done = subprocess.run(
            arguments,
            check=False,  # it may not like a capture's end
            capture_output=True,
            text=True,
            errors="replace",
            timeout=MAX_DURATION,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout
