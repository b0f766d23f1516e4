"""A relay and the client behind it, on one end of a cable; a real DHCP server is on the other."""

import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.inet import IP, UDP
from scapy.layers.l2 import Ether

from tests.monitor.places.feeds.dhcp.cast import HOSTNAME, MAC
from tests.network.cable import cable
from tests.network.street import run

SERVER, RELAY = "10.99.0.1", "10.99.0.2"
PATIENCE = 60.0
_SERVER_PORT = 67


@contextmanager
def relayed_network() -> Iterator[None]:
    """Make a cable, with the server's address at one end and what is behind the relay beyond."""
    with cable():
        run("ip", "address", "add", f"{SERVER}/24", "dev", "here")
        run("ip", "neighbour", "add", RELAY, "lladdr", _address_of("there"), "dev", "here")
        run("ip", "route", "add", "10.20.4.0/24", "via", RELAY)
        yield


@contextmanager
def serving(command: Sequence[str], ready: str, **environment: str) -> Iterator[list[str]]:
    """Run a server in the foreground until the test is done; gives what it said until ready."""
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | environment,
    ) as server:
        try:
            assert server.stdout is not None
            said: list[str] = []
            for line in server.stdout:
                said.append(line)
                if ready in line:
                    break
            else:
                raise AssertionError("".join(said[-20:]))
            yield said
        finally:
            server.terminate()
            server.communicate(timeout=PATIENCE)


def obtain(option_82: bytes = b"") -> str:
    """Get a lease as the client does, through the relay; gives its address."""
    offer = _asked("discover", option_82)
    chosen = [("requested_addr", offer.yiaddr), ("server_id", SERVER)]
    return str(_asked("request", option_82, *chosen).yiaddr)


def renew(address: str) -> None:
    """Renew a lease as the client does, with the server itself."""
    run("ip", "neighbour", "replace", address, "lladdr", _address_of("there"), "dev", "here")
    _asked("request", b"", client=address)


def release(address: str) -> None:
    """Give the address back, which no server answers."""
    with _raw() as sending:
        sending.send(_message("release", b"", ("server_id", SERVER), client=address))


def _asked(kind: str, option_82: bytes, *options: tuple[str, str], client: str = "") -> Any:
    with _raw() as asking:
        asking.send(_message(kind, option_82, *options, client=client))
        while True:
            answer = Ether(asking.recv(2048))
            if BOOTP in answer and answer[IP].src == SERVER:
                return answer[BOOTP]


def _message(kind: str, option_82: bytes, *options: tuple[str, str], client: str = "") -> bytes:
    hardware = bytes.fromhex(MAC.replace(":", ""))
    said: list[Any] = [("message-type", kind), ("hostname", HOSTNAME), *options]
    if option_82:
        said.append((82, option_82))
    giaddr = "0.0.0.0" if client else RELAY
    return bytes(
        Ether(dst=_address_of("here"), src=_address_of("there"))
        / IP(src=client or RELAY, dst=SERVER)
        / UDP(sport=68 if client else _SERVER_PORT, dport=_SERVER_PORT)
        / BOOTP(
            chaddr=hardware, xid=0x1234, giaddr=giaddr, ciaddr=client or "0.0.0.0", hops=not client
        )
        / DHCP(options=[*said, "end"])
    )


def _raw() -> socket.socket:
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
    raw.bind(("there", 0x0800))
    raw.settimeout(PATIENCE)
    return raw


def _address_of(interface: str) -> str:
    return run("ip", "-brief", "link", "show", interface).split()[2]
