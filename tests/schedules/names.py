"""Names that lead where a test wants."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

type Names = Callable[..., None]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Let names resolve to addresses of the test: the first time, the second, and so on."""
    resolve, known = socket.getaddrinfo, dict[str, list[tuple[str, ...]]]()

    def getaddrinfo(host: Any, port: Any, *args: Any, **named: Any) -> Any:
        if host not in known:
            return resolve(host, port, *args, **named)
        addresses = known[host].pop(0)
        return [info for address in addresses for info in resolve(address, port, *args, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    def name(host: str, *answers: tuple[str, ...]) -> None:
        known[host] = list(answers)

    return name
