"""The addresses that others read."""

import json
import socket
from urllib.request import urlopen

import pytest

from monitor.configuration import MetricsSettings
from monitor.health import Health
from monitor.places.attachment_map import AttachmentKind
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.endpoints import UNMAPPED_PATH, make_application, serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import FiguresCollector, Gauges
from schedules.problem import Refused
from tests.cast import unmapped_at_once

ANY = MetricsSettings(listen="127.0.0.1:0")


def text(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        read: str = answer.read().decode()
    return read


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
