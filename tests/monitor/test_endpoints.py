"""The addresses that others read."""

import socket
from urllib.request import urlopen

import pytest

from monitor.configuration import Metrics
from monitor.endpoints import COUNTS, HealthFigures, ReleasedFigures, served
from monitor.health import Health, SourceRead
from monitor.metrics import Gauges
from monitor.sighting import Evidence
from schedules.problem import Refused

ANY = Metrics(listen="127.0.0.1:0")


def text(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        read: str = answer.read().decode()
    return read


def test_released_figures_are_alone_on_their_address() -> None:
    """Nothing of the process: its CPU seconds tell of single requests."""
    with served("metrics.listen", ANY, ReleasedFigures(Gauges(["1"], [], []))) as port:
        names = {line.split()[2] for line in text(port).splitlines() if line.startswith("# HELP")}
    assert names
    assert all(name.startswith("lesrust_") for name in names)


def test_health_tells_counts_and_ages() -> None:
    health = Health()
    health.saw(Evidence.SNI, place_is_known=True)
    health.snapshot_read = 1_000.0
    health.tick(1_060.0)
    with served("health.listen", ANY, HealthFigures(health, lambda: 1_062.5)) as port:
        lines = text(port).splitlines()
    assert 'lesrust_connections_total{evidence="sni"} 1.0' in lines
    assert "lesrust_snapshot_age_seconds 62.5" in lines
    assert "lesrust_watermark_lag_seconds 2.5" in lines
    assert all(f"lesrust_{name}_total 0.0" in lines for name in COUNTS)


def test_health_tells_how_old_each_source_of_the_timetable_is() -> None:
    health = Health()
    health.sources = [
        SourceRead("zermelo", is_of_a_server=True, read_at=1_000.0),
        SourceRead("untis", is_of_a_server=False, read_at=0.0),
    ]
    with served("health.listen", ANY, HealthFigures(health, lambda: 1_300.0)) as port:
        lines = text(port).splitlines()
    assert 'lesrust_timetable_age_seconds{kind="server",source="zermelo"} 300.0' in lines
    assert 'lesrust_timetable_age_seconds{kind="file",source="untis"} +Inf' in lines


def test_an_address_that_is_taken_is_told_with_its_key() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = Metrics(listen=f"127.0.0.1:{taken.getsockname()[1]}")
        health = HealthFigures(Health(), lambda: 0.0)
        with (
            pytest.raises(Refused, match=r"key health\.listen.*Address already in use"),
            served("health.listen", listen, health),
        ):
            pass
