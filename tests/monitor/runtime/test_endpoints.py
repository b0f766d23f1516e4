"""The addresses that others read, and the token without which health answers nobody."""

import json
import socket
import struct
from contextlib import ExitStack, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from monitor.configuration import HealthSettings, MetricsSettings
from monitor.health import Health
from monitor.places.attachment_map import AttachmentKind
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime import endpoints
from monitor.runtime.endpoints import (
    UNMAPPED_PATH,
    load_health_token,
    make_application,
    make_health_token,
    serve_metrics,
)
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import FiguresCollector, Gauges
from schedules.problem import Refused
from tests.cast import unmapped_at_once
from tests.monitor.diagnostics.cast import SETTINGS

ANY = MetricsSettings(listen="127.0.0.1:0")


def text(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        read: str = answer.read().decode()
    return read


def text_once_there_is_room(port: int) -> str:
    """Ask until it is answered: a place is free a moment after its connection has ended."""
    for _ in range(1_000):
        with suppress(ConnectionError):
            return text(port)
    raise AssertionError("it never answers")


def test_released_figures_are_alone_on_their_address() -> None:
    """Nothing of the process: its CPU seconds tell of single requests."""
    with serve_metrics("metrics.listen", ANY, FiguresCollector(Gauges(["1"], [], []))) as port:
        names = {line.split()[2] for line in text(port).splitlines() if line.startswith("# HELP")}
    assert names
    assert all(name.startswith("lesrust_") for name in names)


def asked(
    unmapped: UnmappedAttachments | None, path: str = UNMAPPED_PATH, host: str = "127.0.0.1"
) -> bytes:
    health = HealthCollector(Health(), lambda: 0.0)
    listen = MetricsSettings(listen=f"{host}:0")
    with (
        serve_metrics("health.listen", listen, health, unmapped) as port,
        urlopen(f"http://{host}:{port}{path}") as answer,
    ):
        read: bytes = answer.read()
    return read


def test_what_has_no_room_is_told_on_a_path_of_its_own_and_in_no_metric() -> None:
    unmapped = unmapped_at_once()
    unmapped.record(AttachmentKind.VLAN, "300")
    assert json.loads(asked(unmapped)) == ["vlan 300"]
    assert b"vlan" not in asked(unmapped, "/metrics")
    assert b"lesrust_hour_connections" in asked(None)


def test_it_is_told_over_ipv6_too() -> None:
    assert json.loads(asked(UnmappedAttachments(), host="[::1]")) == []


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("10.0.0.9", False)],
)
def test_it_is_told_to_this_machine_only(host: str, is_here: bool) -> None:
    """Also when the metrics may be read from elsewhere."""
    said: list[str] = []
    answer = make_application(lambda *_: [b"metrics"], UnmappedAttachments())
    environment = {"PATH_INFO": UNMAPPED_PATH, "REMOTE_ADDR": host}
    body = b"".join(answer(environment, lambda status, *_: said.append(status)))  # type: ignore[arg-type]
    assert (said, body) == ((["200 OK"], b"[]") if is_here else (["403 Forbidden"], b""))


def test_an_address_that_is_taken_is_told_with_its_key() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = MetricsSettings(listen=f"127.0.0.1:{taken.getsockname()[1]}")
        health = HealthCollector(Health(), lambda: 0.0)
        with (
            pytest.raises(Refused, match=r"key health\.listen.*the address is in use"),
            serve_metrics("health.listen", listen, health),
        ):
            pass


def test_idle_connections_are_ended_and_leave_room_for_who_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(endpoints, "DEADLINE", 0.2)
    with (
        serve_metrics("health.listen", ANY, HealthCollector(Health(), lambda: 0.0)) as port,
        ExitStack() as opened,
    ):
        held = [
            opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            for _ in range(5 * endpoints.MAX_CONNECTIONS)
        ]
        held[0].sendall(b"GET /metrics HT")  # and not a word more
        assert [connection.recv(1) for connection in held] == [b""] * len(held)
        assert "lesrust_on_trial" in text_once_there_is_room(port)


def test_a_client_that_goes_is_named_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    with serve_metrics("health.listen", ANY, HealthCollector(Health(), lambda: 0.0)) as port:
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
        assert "lesrust_on_trial" in text_once_there_is_room(port)
    assert capfd.readouterr() == ("", "")


TOKEN = "a-token-of-a-school"


def status_of(path: str, said: str | None) -> int:
    """Ask a sensor, and give the status of its answer; 0 where a refusal says more."""
    health = HealthCollector(Health(), lambda: 0.0)
    headers = {} if said is None else {"Authorization": said}
    listen = HealthSettings(listen="127.0.0.1:0")
    with serve_metrics("health.listen", listen, health, unmapped_at_once(), token=TOKEN) as port:
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=headers)) as answer:
                status: int = answer.status
        except HTTPError as error:
            return error.code if error.read() == b"" else 0
    return status


@pytest.mark.parametrize("path", ["/metrics", UNMAPPED_PATH, "/"])
@pytest.mark.parametrize(
    "said", [None, "", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"]
)
def test_whoever_does_not_say_it_is_told_nothing(said: str | None, path: str) -> None:
    assert status_of(path, said) == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("path", ["/metrics", UNMAPPED_PATH])
def test_whoever_says_it_is_answered(path: str) -> None:
    assert status_of(path, f"Bearer {TOKEN}") == HTTPStatus.OK


def test_it_is_made_once_beside_the_secret_of_the_pages(tmp_path: Path) -> None:
    web = SETTINGS.web.model_copy(update={"secret": tmp_path / "web.secret"})
    settings = SETTINGS.model_copy(update={"web": web})
    made = make_health_token(settings)
    assert len(made) > 40
    assert make_health_token(settings) == load_health_token(settings) == made
    assert (tmp_path / "health.token").stat().st_mode & 0o777 == 0o600


def test_one_that_cannot_be_made_stops_nothing_and_lets_nobody_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listen = HealthSettings(token=tmp_path / "absent" / "health.token")
    settings = SETTINGS.model_copy(update={"health": listen})
    assert make_health_token(settings) != make_health_token(settings)
    assert load_health_token(settings) == ""
    assert "health.token" in capsys.readouterr().err
