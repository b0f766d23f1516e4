"""The sockets of the web application, which stay open while its process starts again.

Whoever asks for a page meanwhile waits and is not refused.
"""

import os
import socket
from collections.abc import Sequence
from contextlib import ExitStack

SOCKETS_VARIABLE = "LESRUST_WEB_SOCKETS"
"""Of the environment: the address that was asked for, and the numbers of the open sockets."""


def open_sockets(address: str, host: str, port: int) -> list[socket.socket]:
    """Listen at every address of a host, or go on with what was handed over for the same address.

    Args:
        address: host and port as they were written.
        host: a name or an address.
        port: 0 takes one that is free.

    Raises:
        OSError: when the address cannot be listened on.
    """
    handed_over_for, handed_over = _take_over()
    if handed_over_for == address and handed_over:
        return handed_over
    for unused in handed_over:
        unused.close()
    with ExitStack() as opened:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        sockets = [
            opened.enter_context(socket.create_server(socket_address, family=family))
            for family, _, _, _, socket_address in dict.fromkeys(addresses)
        ]
        opened.pop_all()
        return sockets


def _take_over() -> tuple[str, list[socket.socket]]:
    address, *numbers = os.environ.pop(SOCKETS_VARIABLE, "").split() or [""]
    sockets = [socket.socket(fileno=int(number)) for number in numbers]
    for inherited in sockets:
        inherited.set_inheritable(False)
    return address, sockets


def hand_over(address: str, sockets: Sequence[socket.socket]) -> None:
    """Hand sockets over to the program that replaces this one; this process has them no more."""
    for opened in sockets:
        opened.set_inheritable(True)
    numbers = (str(opened.detach()) for opened in sockets)
    os.environ[SOCKETS_VARIABLE] = " ".join((address, *numbers))
