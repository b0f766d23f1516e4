"""Lists and loads rules with `nft`, and lists routes with `ip`, as root."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from monitor.steering.ruleset import FAMILY, TABLE
from monitor.steering.values import Incomparable, parse_user

MAX_SECONDS = 60.0
"""For one run of a program."""
LISTENING = "0A"
"""A socket that waits for connections, in `/proc/net/tcp`."""
_LEGACY = {
    "iptables-legacy": Path("/proc/self/net/ip_tables_names"),
    "ip6tables-legacy": Path("/proc/self/net/ip6_tables_names"),
}
UNKNOWN_USER = "unknown identifier 'gateway_user'"
"""What nft says of a file of an earlier version, which does not name the gateway's user."""


class NftFailed(Exception):
    """A program did not do what it was asked; the message says why."""


def list_live_rules() -> str:
    """List the rules that are in force, as JSON.

    Raises:
        NftFailed: when nobody may.
    """
    return _run(["nft", "--json", "list", "ruleset"])


def list_rules_of(path: Path) -> str:
    """List the rules that a file would load, as JSON.

    They are loaded into a network namespace of their own, in which no packet ever comes.

    Raises:
        NftFailed: when the file is wrong.
    """
    load = 'nft --includepath "$1" --file "$2" && nft --json list ruleset'
    return _run(["unshare", "--net", "sh", "-c", load, "sh", *_in_folder(path)])


def load_rules(path: Path) -> None:
    """Load a file of rules, in one step.

    Raises:
        NftFailed: when the file is wrong; nothing has changed then.
    """
    folder, file = _in_folder(path)
    _run(["nft", "--includepath", folder, "--file", file])


def stop_steering() -> None:
    """Delete the table that steers, whether it is there or not."""
    table = f"{FAMILY} {TABLE}"
    _run(["nft", f"add table {table}; delete table {table}"])


def find_legacy_filters() -> list[str]:
    """Find the programs of which old rules are in force that nftables cannot list."""
    found = []
    for program, path in _LEGACY.items():
        try:
            tables = path.read_text().split()
        except OSError:
            tables = []
        if "filter" in tables:
            found.append(program)
    return found


def list_routes(version: int) -> str:
    """List the routes of one version of the Internet Protocol, as JSON.

    Raises:
        NftFailed: when there is no `ip`.
    """
    return _run(["ip", "-json", f"-{version}", "route", "show", "table", "main"])


def list_routing_rules(version: int) -> str:
    """List by which rules routes are chosen, as JSON.

    Raises:
        NftFailed: when there is no `ip`.
    """
    return _run(["ip", "-json", f"-{version}", "rule", "show"])


def find_redirect_port(listed: str) -> int | None:
    """Find the port to which rules redirect, in their JSON; None: to none."""
    for statement in _statements(listed):
        port = (statement.get("redirect") or {}).get("port")
        if isinstance(port, int):
            return port
    return None


def find_gateway_user(listed: str) -> int | None:
    """Find the user whose connections the gateway's are, in the JSON of rules; None: of nobody."""
    for statement in _statements(listed):
        match = statement.get("match") or {}
        if match.get("left") == {"meta": {"key": "skuid"}}:
            with suppress(Incomparable):
                return parse_user(match["right"])
    return None


def _statements(listed: str) -> Iterator[Mapping[str, Any]]:
    """Yield the statements of the table that steers."""
    for listed_object in json.loads(listed)["nftables"]:
        rule = listed_object.get("rule", {})
        if (rule.get("family"), rule.get("table")) == (FAMILY, TABLE):
            yield from rule["expr"]


def find_listening_users(port: int) -> frozenset[int]:
    """Find as which users processes wait for connections at a port of this machine."""
    users = set[int]()
    for path in (Path("/proc/self/net/tcp"), Path("/proc/self/net/tcp6")):
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            _, local, _, state, _, _, _, user, *_ = line.split()
            if state == LISTENING and int(local.rpartition(":")[2], 16) == port:
                users.add(int(user))
    return frozenset(users)


def _in_folder(path: Path) -> tuple[str, str]:
    """Return where `include "lesrust/…"` begins, and the file itself."""
    whole = path.absolute()
    return str(whole.parents[1]), str(whole)


def _run(command: Sequence[str]) -> str:
    try:
        ran = subprocess.run(  # noqa: S603 (programs of the system, and files of its administrator)
            command, check=True, capture_output=True, text=True, timeout=MAX_SECONDS
        )
    except subprocess.CalledProcessError as error:
        raise NftFailed(_find_error(error.stderr or str(error))) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NftFailed(str(error)) from error
    return ran.stdout


def _find_error(said: str) -> str:
    """Find the line that says what is wrong; those before it only name files that include it."""
    lines = said.splitlines()
    return next((line for line in lines if "Error:" in line), lines[0])
