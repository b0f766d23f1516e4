"""Kea's control socket; the server here is a stand-in that answers what a test wants."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.places.bindings import SessionEnd
from monitor.places.feeds.dhcp import kea_control
from monitor.places.feeds.dhcp.kea_control import (
    ASK_INTERVAL,
    COMMAND,
    KeaControlFeed,
    KeaUnavailable,
    parse_lease,
)
from monitor.places.feeds.dhcp.kea_control import parse_answer as answered
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    HOSTNAME,
    MAC,
    NOW,
    OPTION_82,
    TABLET,
    heard,
    leases,
    names_nobody,
)

LEASE: dict[str, Any] = {
    "client-id": f"01:{MAC}",
    "cltt": int(NOW) - 60,
    "hostname": HOSTNAME,
    "hw-address": MAC,
    "ip-address": "10.20.4.100",
    "state": 0,
    "subnet-id": 204,
    "user-context": {"ISC": {"relay-agent-info": f"0x{OPTION_82.hex()}"}},
    "valid-lft": 3600,
}
NEWER = {"ISC": {"relay-agent-info": {"sub-options": f"0x{OPTION_82.hex()}"}}}


def answer(*held: object, result: int = 0) -> bytes:
    said = f"{len(held)} IPv4 lease(s) found."
    return json.dumps({"arguments": {"leases": held}, "result": result, "text": said}).encode()


@contextmanager
def kea(path: Path, *answers: bytes, hangs: bool = False) -> Iterator[None]:
    """Stand in for Kea: one answer a connection."""
    done = threading.Event()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            for content in answers:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return  # the test has failed before it asked
                with connection:
                    assert connection.recv(100) == COMMAND
                    connection.sendall(content)
                    if hangs:
                        done.wait(20)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            done.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            path.unlink()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kea.sock"


def test_what_changes_is_told(path: Path) -> None:
    feed = KeaControlFeed(path, leases())
    renewed = LEASE | {"cltt": int(NOW)}
    with kea(path, answer(LEASE), answer(LEASE), answer(renewed), answer(result=3)):
        said = heard(*feed.events(NOW))
        assert (said.timestamp, said.until, said.place) == (NOW - 60, NOW + 3540, B204)
        assert said.names == TABLET
        assert list(feed.events(NOW + ASK_INTERVAL - 1)) == []
        assert list(feed.events(NOW + ASK_INTERVAL)) == []
        assert heard(*feed.events(NOW + 2 * ASK_INTERVAL)).until == NOW + 3600
        names_nobody(vars(feed))
        (ended,) = feed.events(NOW + 3 * ASK_INTERVAL)
    assert isinstance(ended, SessionEnd)
    assert ended.session == said.session


@pytest.mark.parametrize(
    "wrong", [{"ip-address": MAC}, {"cltt": "x"}, {"valid-lft": -1}, {"state": None}]
)
def test_a_lease_that_is_wrong_is_malformed(path: Path, wrong: dict[str, object]) -> None:
    feed = KeaControlFeed(path, leases())
    with kea(path, answer(LEASE | wrong, LEASE)):
        heard(*feed.events(NOW))
    assert feed.counts == {FeedOutcome.MALFORMED: 1, FeedOutcome.TAKEN: 1}


def test_newer_versions_give_option_82_in_parts() -> None:
    assert parse_lease(LEASE | {"user-context": NEWER}) == parse_lease(LEASE)


@pytest.mark.parametrize(
    "said", [b"", HOSTNAME.encode(), b"[]", b'{"result": 1}', b'{"result": 2}', b"[" * 100_000]
)
def test_another_answer_is_an_error_that_quotes_nothing(path: Path, said: bytes) -> None:
    feed = KeaControlFeed(path, leases())
    with kea(path, said), pytest.raises(KeaUnavailable) as silent:
        list(feed.events(NOW))
    names_nobody(silent.value)
    assert silent.value.__context__ is None or silent.value.__suppress_context__


def test_a_server_that_is_not_there_is_an_error(path: Path) -> None:
    with pytest.raises(KeaUnavailable, match="No such file"):
        list(KeaControlFeed(path, leases()).events(NOW))


def test_a_server_that_does_not_end_its_answer_is_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kea_control, "TIMEOUT", 0.1)
    with kea(path, b"{", hangs=True), pytest.raises(KeaUnavailable, match="in time"):
        list(KeaControlFeed(path, leases()).events(NOW))


def test_an_answer_without_end_is_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kea_control, "MAX_ANSWER_SIZE", 10)
    with kea(path, b"x" * 20), pytest.raises(KeaUnavailable, match="without end"):
        list(KeaControlFeed(path, leases()).events(NOW))


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_whatever_a_lease_is_it_is_read_or_refused(each: object) -> None:
    for value in (each, LEASE | {"ip-address": each}, LEASE | {"user-context": {"ISC": each}}):
        try:
            parse_lease(value)
        except ValueError as error:
            names_nobody(error)


@given(st.binary(max_size=200))
def test_whatever_the_answer_is_it_is_read_or_an_error(content: bytes) -> None:
    try:
        answered(content)
    except KeaUnavailable as silent:
        names_nobody(silent)
