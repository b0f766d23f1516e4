"""How the gateway's process listens, and what it says when it cannot; see test_gateway too."""

import asyncio
import errno
import socket
from pathlib import Path

import pytest

from addons.runtime.gateway_process import LISTEN_BACKLOG, GatewayLoop, listen_failure

MAX_BACKLOG = int(Path("/proc/sys/net/core/somaxconn").read_text())


def test_a_whole_school_may_wait_to_be_accepted() -> None:
    async def backlog() -> int:
        async with await asyncio.start_server(
            lambda reader, writer: None, "127.0.0.1", 0
        ) as server:
            listener = server.sockets[0]
            assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            information = listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
            return int.from_bytes(information[28:32], "little")

    with asyncio.Runner(loop_factory=GatewayLoop) as runner:
        assert runner.run(backlog()) == min(LISTEN_BACKLOG, MAX_BACKLOG)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EADDRINUSE, "x"), "the port is in use"),
        (OSError(errno.EACCES, "x"), "CAP_NET_BIND_SERVICE"),
        (OSError(errno.EADDRNOTAVAIL, "x"), "does not have the address"),
        (OSError("could not bind on any address"), "does not have the address"),
        (OSError(-2, "Name or service not known"), "not known here"),
        (OSError(errno.ENOBUFS, "x"), "No buffer space"),
        (ValueError("192.0.2.7"), "ValueError"),
    ],
)
def test_reasons(error: Exception, said: str) -> None:
    assert said in listen_failure(error)
    assert "192.0.2.7" not in listen_failure(error)
