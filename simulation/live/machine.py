"""Checks what a demonstration needs of the machine: open files, loopback addresses and ports."""

import resource
import socket
from contextlib import ExitStack

import click

from addons.runtime.process import raise_fd_limit
from schedules.language import describe_os_error, gettext
from simulation.live.processes.tls_server import LOOPBACK

MIN_FILES = 256
FILES_PER_CONNECTION = 4
MAX_CONNECTIONS = 400
"""At the same time."""


def limit_connections() -> int:
    """Raise the limit of open files, and return for how many connections at once it is enough.

    Raises:
        click.ClickException: when it is too few for anything.
    """
    raise_fd_limit()
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= files < MIN_FILES:
        raise click.ClickException(
            gettext(
                "this machine allows {files} open files (ulimit -n); the demonstration needs "
                "{needed}.",
                files=files,
                needed=MIN_FILES,
            )
        )
    return min(MAX_CONNECTIONS, files // FILES_PER_CONNECTION) if files > 0 else MAX_CONNECTIONS


def check_loopback(address: str = "127.1.0.1") -> None:
    """Check that devices can have addresses of their own in 127.0.0.0/8.

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
                why=describe_os_error(error),
            )
        ) from error


def find_free_ports(number: int) -> list[int]:
    """Find unused ports on the loopback."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for server in sockets:
            server.bind((LOOPBACK, 0))
        return [server.getsockname()[1] for server in sockets]
