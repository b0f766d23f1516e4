"""What a demonstration needs of a machine, and what it says when that is not there."""

import resource
import socket
from contextlib import ExitStack

import click

from addons.runtime.process import raise_fd_limit
from schedules.language import gettext
from simulation.live.processes.tls_server import LOOPBACK

FEWEST_FILES = 256
FILES_A_CONNECTION = 4
MOST_AT_ONCE = 400
"""Connections."""


def limit_connections() -> int:
    """Allow as many open files as the system does, and say how many connections that is good for.

    Raises:
        click.ClickException: when it is too few for anything.
    """
    raise_fd_limit()
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= files < FEWEST_FILES:
        raise click.ClickException(
            gettext(
                "this machine allows {files} open files (ulimit -n); the demonstration needs "
                "{needed}.",
                files=files,
                needed=FEWEST_FILES,
            )
        )
    return min(MOST_AT_ONCE, files // FILES_A_CONNECTION) if files > 0 else MOST_AT_ONCE


def check_loopback(address: str = "127.1.0.1") -> None:
    """Try whether devices can have addresses of their own in 127.0.0.0/8.

    Raises:
        click.ClickException: when they cannot.
    """
    try:
        with socket.socket() as device:
            device.bind((address, 0))
    except OSError as error:
        raise click.ClickException(
            gettext(
                "the demonstration gives each device an address of its own in 127.0.0.0/8, and "
                "this machine does not allow {address} ({why}). On Linux it works as it is.",
                address=address,
                why=error.strerror,
            )
        ) from error


def find_free_ports(number: int) -> list[int]:
    """Find ports on the loopback that nobody listens on."""
    with ExitStack() as held:
        doors = [held.enter_context(socket.socket()) for _ in range(number)]
        for door in doors:
            door.bind((LOOPBACK, 0))
        return [door.getsockname()[1] for door in doors]
