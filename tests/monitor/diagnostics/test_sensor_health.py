"""What a running sensor's feeds hear, from its health endpoint."""

import socket
from collections import Counter
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from monitor.configuration import HealthSettings
from monitor.diagnostics import sensor_health
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.sensor_health import (
    LARGEST_DIFFERENCE,
    LONGEST_SHOWN,
    check_feeds,
    fetch_metrics,
)
from monitor.health import Health
from monitor.places.attachment_map import AttachmentKind
from monitor.places.bindings import Event
from monitor.places.feeds.feed import Outcome
from monitor.places.feeds.unmapped import MOST, Unmapped
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from monitor.sighting import Evidence
from tests.schedules.importers.serving import serving

NOW = 1_792_396_800.0


class Silent:
    """A feed that has counted what a test gives it, and tells nothing."""

    name = "radius"

    def __init__(self, heard_at: float, **counts: int) -> None:
        self.heard_at = heard_at
        self.counts = Counter({Outcome(name): count for name, count in counts.items()})

    def events(self, now: float) -> Iterable[Event]:
        return ()

    def close(self) -> None:
        pass


def found(health: Health, unmapped: Unmapped | None = None) -> list[Finding]:
    health.publish()
    listen = HealthSettings(listen="127.0.0.1:0")
    figures = HealthCollector(health, lambda: NOW)
    with serve_metrics("health.listen", listen, figures, unmapped or Unmapped()) as port:
        sensor = ("127.0.0.1", port)
        return list(check_feeds(fetch_metrics(sensor), sensor_health.fetch_unmapped(sensor)))


def test_a_sensor_that_is_well_gives_no_finding() -> None:
    health = Health()
    health.feeds = [Silent(NOW - 5, taken=10)]
    assert found(health) == []


@pytest.mark.parametrize("heard_at", [0.0, NOW - 7200])
def test_a_feed_that_is_silent_is_named(heard_at: float) -> None:
    health = Health()
    health.feeds = [Silent(heard_at)]
    assert found(health) == [Finding(FindingKind.FEED_SILENT, ("radius",), 1)]


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("without_room", FindingKind.UNKNOWN_ATTACHMENTS),
        ("clock_differs", FindingKind.CLOCKS_DIFFER),
        ("names_someone", FindingKind.NAMES_SOMEONE),
        ("not_trusted", FindingKind.NOT_TRUSTED),
    ],
)
def test_what_is_dropped_is_counted(outcome: str, kind: FindingKind) -> None:
    health = Health()
    health.feeds = [Silent(NOW, **{outcome: 3})]
    assert found(health) == [Finding(kind, ("radius",), 3)]


def test_what_has_no_room_is_named() -> None:
    unmapped = Unmapped()
    unmapped.note(AttachmentKind.VLAN, "300")
    unmapped.note(AttachmentKind.CIRCUIT, "ge-0/0/4")
    named = ("circuit ge-0/0/4", "vlan 300")
    assert found(Health(), unmapped) == [Finding(FindingKind.UNMAPPED, named, 2)]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b'["vlan 1\\n2", 3, null]', (r"vlan 1\n2",)),
        (b'{"vlan": 1}', ()),
        (b"<html>", ()),
        (b"[" * 100_000, ()),
        (b"\xff", ()),
        (b'["' + b"x" * 999 + b'"]', ("x" * LONGEST_SHOWN + "…",)),
        (b'["x"' + b',"x"' * 999 + b"]", ("x",) * MOST),
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
        assert sensor_health.fetch_unmapped(("127.0.0.1", server.server_port)) == named


def test_no_sensor_names_nothing() -> None:
    assert sensor_health.fetch_unmapped(("127.0.0.1", 1)) == ()


def test_many_connections_of_unknown_place_are_told_as_a_share() -> None:
    health = Health()
    for number in range(200):
        health.count_connection(Evidence.SNI, place_is_known=number % 4 == 0)
    assert found(health) == [Finding(FindingKind.UNKNOWN_PLACES, count=75)]


def test_shared_addresses_are_counted() -> None:
    health = Health()
    health.count_shared_address()
    assert found(health) == [Finding(FindingKind.SHARED_ADDRESSES, count=1)]


def test_no_sensor_is_told() -> None:
    assert list(check_feeds(fetch_metrics(("127.0.0.1", 1)))) == [Finding(FindingKind.NOT_RUNNING)]


def test_the_sensor_s_clock_is_held_against_ours() -> None:
    listen = HealthSettings(listen="127.0.0.1:0")
    with serve_metrics("health.listen", listen, HealthCollector(Health(), lambda: NOW)) as port:
        told = fetch_metrics(("127.0.0.1", port))
    assert told is not None
    assert told.clock_ahead is not None
    assert abs(told.clock_ahead) < LARGEST_DIFFERENCE


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


def test_the_machine_s_own_proxy_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert found(Health()) == []
