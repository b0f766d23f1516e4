"""A network namespace with a cable in it, of which both ends are here."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.network.street import run

ENDS = ("here", "there")


@contextmanager
def cable() -> Iterator[None]:
    """Put this thread, and the programs that it starts, where the cable's two ends are."""
    name = f"cable-{os.getpid()}"
    run("ip", "netns", "add", name)
    with (
        Path("/proc/thread-self/ns/net").open() as home,
        Path("/run/netns", name).open() as inside,
    ):
        os.setns(inside.fileno(), os.CLONE_NEWNET)
        try:
            for setting in ("all", "default"):
                Path(f"/proc/sys/net/ipv6/conf/{setting}/disable_ipv6").write_text("1")
            run("ip", "link", "add", ENDS[0], "type", "veth", "peer", "name", ENDS[1])
            for interface in (*ENDS, "lo"):
                run("ip", "link", "set", interface, "up")
            yield
        finally:
            os.setns(home.fileno(), os.CLONE_NEWNET)
            run("ip", "netns", "delete", name)


def send(*packets: Any, at: str = "there") -> None:
    """Send frames as they are from one end."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sending:
        sending.bind((at, 0))
        for packet in packets:
            sending.send(bytes(packet))
