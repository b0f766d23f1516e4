"""What the web application listens on, at first and when its process begins anew."""

import os
import socket

import pytest

from dashboards.site.listening import SOCKETS_VARIABLE, hand_over, open_sockets

HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOCKETS_VARIABLE, "")


def port_of(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


def kept(address: str) -> int:
    """Listen somewhere, keep that for the next program, and give its port."""
    [first] = open_sockets(address, HERE, 0)
    number, port = first.fileno(), port_of(first)
    hand_over(address, [first])
    assert os.get_inheritable(number)
    return port


def test_the_sockets_of_before_go_on_where_the_address_is_the_same() -> None:
    port = kept(f"{HERE}:0")
    [second] = open_sockets(f"{HERE}:0", HERE, 0)
    with second, socket.create_connection((HERE, port)):
        assert port_of(second) == port
        assert not second.get_inheritable()
        assert SOCKETS_VARIABLE not in os.environ


def test_for_another_address_they_are_closed() -> None:
    port = kept(f"{HERE}:0")
    [second] = open_sockets("localhost:0", HERE, 0)
    with second, pytest.raises(ConnectionRefusedError):
        socket.create_connection((HERE, port))


def test_an_address_that_is_taken_or_is_none() -> None:
    [first] = open_sockets(f"{HERE}:0", HERE, 0)
    with first, pytest.raises(OSError, match="in use"):
        open_sockets("again", HERE, port_of(first))
    with pytest.raises(OSError, match=r"not known|resolution"):
        open_sockets("nowhere.invalid:0", "nowhere.invalid", 0)
