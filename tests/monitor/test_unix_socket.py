"""A socket's file: whose it is, and what it replaces."""

import errno
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from monitor.unix_socket import SOCKET_MODE, bind_datagram_socket


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "socket"


@contextmanager
def mask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("value", [0, 0o022, 0o077])
def test_is_for_its_user_and_group_whatever_the_mask_is(path: Path, value: int) -> None:
    with mask(value), closing(bind_datagram_socket(path)):
        assert stat.S_IMODE(path.stat().st_mode) == SOCKET_MODE
        assert os.umask(value) == value


def test_carries_datagrams_and_does_not_wait(path: Path) -> None:
    with closing(bind_datagram_socket(path)) as bound:
        with pytest.raises(BlockingIOError):
            bound.recv(10)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"hello", str(path))
        assert bound.recv(10) == b"hello"


def test_replaces_a_socket_that_nobody_reads_any_more(path: Path) -> None:
    bind_datagram_socket(path).close()
    assert path.is_socket()
    bind_datagram_socket(path).close()


def test_leaves_a_socket_to_whoever_reads_it(path: Path) -> None:
    with closing(bind_datagram_socket(path)) as first:
        with pytest.raises(OSError, match="Address already in use") as refused:
            bind_datagram_socket(path)
        assert refused.value.errno == errno.EADDRINUSE
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"hello", str(path))
        assert first.recv(10) == b"hello"


def test_replaces_no_other_file(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(OSError, match="Address already in use"):
        bind_datagram_socket(path)
    assert path.read_text() == "precious"
