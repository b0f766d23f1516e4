"""Where the web application listens, also while its process begins anew.

The sockets stay open from one beginning to the next, so that whoever asks meanwhile waits, and is
not refused.
"""

import os
import socket
from collections.abc import Sequence
from contextlib import ExitStack

VARIABLE = "LESRUST_WEB_SOCKETS"
"""Of the environment: the address that was asked for, and the numbers of the open sockets."""


def sockets(address: str, host: str, port: int) -> list[socket.socket]:
    """Listen at every address of a host, or go on with what was kept for the same address.

    Args:
        address: host and port as they were written.
        host: a name or an address.
        port: 0 takes one that is free.

    Raises:
        OSError: when it cannot be listened there.
    """
    kept_for, kept = _kept()
    if kept_for == address and kept:
        return kept
    for each in kept:
        each.close()
    with ExitStack() as opened:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        listening = [
            opened.enter_context(socket.create_server(where, family=family))
            for family, _, _, _, where in dict.fromkeys(found)
        ]
        opened.pop_all()
        return listening


def _kept() -> tuple[str, list[socket.socket]]:
    address, *numbers = os.environ.pop(VARIABLE, "").split() or [""]
    kept = [socket.socket(fileno=int(number)) for number in numbers]
    for each in kept:
        each.set_inheritable(False)
    return address, kept


def keep(address: str, opened: Sequence[socket.socket]) -> None:
    """Hand sockets over to the program that takes this one's place; here they are gone."""
    for each in opened:
        each.set_inheritable(True)
    numbers = (str(each.detach()) for each in opened)
    os.environ[VARIABLE] = " ".join((address, *numbers))
