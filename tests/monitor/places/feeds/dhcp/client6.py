"""Real clients of DHCPv6 in namespaces of their own; a real server is at the other end of a cable.

`relayed_clients` puts a real relay between them, which tells the server a client's MAC address.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from ipaddress import IPv6Address
from pathlib import Path

from tests.monitor.places.feeds.dhcp.cast import MAC
from tests.monitor.places.feeds.dhcp.relay import PATIENCE, serving
from tests.network.street import run

SERVER, RELAY, RELAY_OF_CLIENTS = "fd00:99::1", "fd00:99::2", "fd00:204::1"
WIRED_MAC = "00:16:3e:aa:bb:cc"
"""Of a network card that kept the address of its maker."""
DUID_OF_MAC = f"00:03:00:01:{MAC}"
DUID_OF_WIRED = f"00:01:00:01:31:41:59:26:{WIRED_MAC}"
"""What a laptop has that was first on a cable, also when it is on Wi-Fi."""
DUID_OF_MAKER = "00:02:00:00:09:bf:0a:0b:0c:0d"
DUID_OF_NOBODY = "00:04:" + ":".join(["aa"] * 16)


class Client:
    """A machine with one interface, on which dhclient gets what it is asked to get.

    Args:
        machine: its namespace.
        folder: of its files.
        duid: which it has from an earlier day.
    """

    def __init__(self, machine: str, folder: Path, duid: str) -> None:
        self._machine = machine
        self._leases, self._process = folder / "dhclient.leases", folder / "dhclient.pid"
        octets = "".join(f"\\{int(octet, 16):03o}" for octet in duid.split(":"))
        self._leases.write_text(f'default-duid "{octets}";\n')

    def obtain(self, *options: str) -> bytes:
        """Get a lease, which the client then renews by itself; gives its address.

        Args:
            options: `-T` for a temporary address, `-P` for a whole prefix.
        """
        said = self._run("-1", *options)
        kind = "IAPREFIX" if "-P" in options else "IAADDR"
        address = said.rpartition(f"X-- {kind} ")[2].split()[0].partition("/")[0]
        return IPv6Address(address).packed

    def release(self) -> None:
        """Give the address back."""
        self._run("-r")

    def vanish(self) -> None:
        """End the client, as when its machine is switched off.

        All that runs on the machine is: a client that has just begun may not have said its number.
        """
        running = {*map(int, run("ip", "netns", "pids", self._machine).split())} - {os.getpid()}
        for process in running:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.unlink(missing_ok=True)

    def _run(self, *options: str) -> str:
        files = ("-lf", str(self._leases), "-pf", str(self._process), "-sf", "/bin/true")
        command = ("dhclient", "-6", "-v", *options, *files, "there")
        # What it leaves running has its output too, so that output is a file.
        heard = self._leases.with_suffix(".log")
        with heard.open("wb") as output:
            subprocess.run(
                ["ip", "netns", "exec", self._machine, *command],
                check=True,
                stdout=output,
                stderr=output,
                timeout=PATIENCE,
            )
        return heard.read_text()


@contextmanager
def clients(
    folder: Path, duid: str = DUID_OF_MAC, mac: str = MAC, *, link_local: str = "eui64"
) -> Iterator[Client]:
    """Put this thread at the server's end of a cable, and a client at the other.

    Args:
        folder: of the client's files.
        duid: of the client.
        mac: of the client.
        link_local: how its link-local address is made; `random` as many systems do.
    """
    with _machines("server", "client") as (server, client), _inside(server):
        run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there", "netns", client)
        run("ip", "address", "add", f"{RELAY_OF_CLIENTS}/64", "dev", "here", "nodad")
        run("ip", "link", "set", "here", "up")
        with _client(client, folder, duid, mac, link_local) as asking:
            _await_link_local("here")
            yield asking


@contextmanager
def relayed_clients(
    folder: Path, duid: str = DUID_OF_MAC, mac: str = MAC, *, link_local: str = "eui64"
) -> Iterator[Client]:
    """Do the same, with a relay in between."""
    with _machines("server", "relay", "client") as (server, relay, client), _inside(server):
        run("ip", "link", "add", "here", "type", "veth", "peer", "name", "uplink", "netns", relay)
        run("ip", "address", "add", f"{SERVER}/64", "dev", "here", "nodad")
        run("ip", "link", "set", "here", "up")
        with _inside(relay), ExitStack() as relaying:
            run(
                "ip",
                "link",
                "add",
                "downlink",
                "type",
                "veth",
                "peer",
                "name",
                "there",
                "netns",
                client,
            )
            run("ip", "address", "add", f"{RELAY}/64", "dev", "uplink", "nodad")
            run("ip", "address", "add", f"{RELAY_OF_CLIENTS}/64", "dev", "downlink", "nodad")
            for interface in ("uplink", "downlink"):
                run("ip", "link", "set", interface, "up")
            asking = relaying.enter_context(_client(client, folder, duid, mac, link_local))
            _await_link_local("downlink")
            options = ["no-daemon", "port=0", "user=root", "pid-file", "log-facility=-"]
            options += [f"dhcp-relay={RELAY_OF_CLIENTS},{SERVER}"]
            command = ["dnsmasq", *(f"--{option}" for option in options)]
            relaying.enter_context(serving(command, "DHCP relay"))
            with _inside(server):
                yield asking


def await_that(condition: Callable[[], bool]) -> None:
    """Wait until something holds, as long as a slow machine may take."""
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends
        select.select([], [], [], 0.05)


@contextmanager
def _client(machine: str, folder: Path, duid: str, mac: str, link_local: str) -> Iterator[Client]:
    with _inside(machine):
        run("ip", "link", "set", "there", "address", mac, "addrgenmode", link_local)
        run("ip", "link", "set", "there", "up")
    client = Client(machine, folder, duid)
    try:
        with _inside(machine):
            _await_link_local("there")
        yield client
    finally:
        client.vanish()


@contextmanager
def _machines(*roles: str) -> Iterator[list[str]]:
    names = [f"dhcp6-{role}-{os.getpid()}" for role in roles]
    with ExitStack() as cleaning:
        for name in names:
            run("ip", "netns", "add", name)
            cleaning.callback(run, "ip", "netns", "delete", name)
            with _inside(name):
                for kind in ("all", "default"):
                    # Nobody else is there whose address it could be.
                    Path(f"/proc/sys/net/ipv6/conf/{kind}/accept_dad").write_text("0")
                run("ip", "link", "set", "lo", "up")
        yield names


@contextmanager
def _inside(machine: str) -> Iterator[None]:
    with (
        Path("/proc/thread-self/ns/net").open() as home,
        Path("/run/netns", machine).open() as there,
    ):
        os.setns(there.fileno(), os.CLONE_NEWNET)
        try:
            yield
        finally:
            os.setns(home.fileno(), os.CLONE_NEWNET)


def _await_link_local(interface: str) -> None:
    def is_there() -> bool:
        said = run("ip", "-6", "address", "show", "dev", interface, "scope", "link")
        return "fe80" in said and "tentative" not in said

    await_that(is_there)
