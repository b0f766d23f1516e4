"""Fetching the metrics of a running sensor."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from monitor.configuration import Configuration, HealthSettings
from monitor.diagnostics.checks.sensor import MAX_DIFFERENCE
from monitor.diagnostics.sensor_metrics import (
    MAX_SHOWN_LENGTH,
    SensorAnswer,
    ask_sensor,
    fetch_metrics,
    fetch_unmapped,
)
from monitor.health import Health
from monitor.places.attachment_map import AttachmentKind
from monitor.places.feeds.unmapped import MAX_UNMAPPED
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from tests.cast import unmapped_at_once
from tests.monitor.diagnostics.cast import SETTINGS
from tests.schedules.importers.serving import serving

NOW = 1_792_396_800.0


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b'["vlan 1\\n2", 3, null]', (r"vlan 1\n2",)),
        (b'{"vlan": 1}', ()),
        (b"<html>", ()),
        (b"[" * 100_000, ()),
        (b"\xff", ()),
        (b'["' + b"x" * 999 + b'"]', ("x" * MAX_SHOWN_LENGTH + "…",)),
        (b'["x"' + b',"x"' * 999 + b"]", ("x",) * MAX_UNMAPPED),
    ],
)
def test_of_whatever_else_answers_only_names_are_shown(body: bytes, named: tuple[str, ...]) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Other)) as server:
        assert fetch_unmapped(("127.0.0.1", server.server_port)) == named


def test_no_sensor_names_nothing() -> None:
    assert fetch_unmapped(("127.0.0.1", 1)) == ()


def test_the_sensor_s_clock_is_held_against_ours() -> None:
    listen = HealthSettings(listen="127.0.0.1:0")
    with serve_metrics("health.listen", listen, HealthCollector(Health(), lambda: NOW)) as port:
        told = fetch_metrics(("127.0.0.1", port))
    assert told is not None
    assert told.clock_ahead is not None
    assert abs(told.clock_ahead) < MAX_DIFFERENCE


def test_what_is_no_health_endpoint_is_no_sensor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-OpenSSH\r\n")

        thread = Thread(target=answer)
        thread.start()
        assert fetch_metrics(("127.0.0.1", port)) is None
        thread.join()


def test_what_does_not_answer_in_time_is_no_sensor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert fetch_metrics(server.getsockname(), 0.05) is None


class _LeadingElsewhere(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_no_answer_takes_the_token_elsewhere() -> None:
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), _LeadingElsewhere)) as server:
        assert fetch_metrics(("127.0.0.1", server.server_port)) is None
    assert _LeadingElsewhere.asked == ["/metrics"]


def test_the_machine_s_own_proxy_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    listen = HealthSettings(listen="127.0.0.1:0")
    with serve_metrics("health.listen", listen, HealthCollector(Health(), lambda: NOW)) as port:
        assert fetch_metrics(("127.0.0.1", port)) is not None


def with_token(folder: Path, port: int, token: str) -> Configuration:
    file = folder / "health.token"
    file.write_text(token)
    file.chmod(0o600)
    listen = HealthSettings(listen=f"127.0.0.1:{port}", token=file)
    return SETTINGS.model_copy(update={"health": listen})


def test_a_sensor_is_asked_with_the_token_of_the_configuration(tmp_path: Path) -> None:
    listen = HealthSettings(listen="127.0.0.1:0")
    unmapped = unmapped_at_once()
    unmapped.record(AttachmentKind.VLAN, "300")
    health = HealthCollector(Health(), lambda: NOW)
    with serve_metrics("health.listen", listen, health, unmapped, token="right") as port:
        answer = ask_sensor(with_token(tmp_path, port, "right"))
        refused = ask_sensor(with_token(tmp_path, port, "wrong"))
        (tmp_path / "health.token").chmod(0o644)
        unreadable = ask_sensor(
            SETTINGS.model_copy(
                update={
                    "health": HealthSettings(
                        listen=f"127.0.0.1:{port}", token=tmp_path / "health.token"
                    )
                }
            )
        )
    assert answer.metrics is not None
    assert answer.without_room == ("vlan 300",)
    assert refused == unreadable == SensorAnswer(None, is_refused=True)


def test_where_no_sensor_is_nothing_is_refused(tmp_path: Path) -> None:
    assert ask_sensor(with_token(tmp_path, 1, "right")) == SensorAnswer(None)
