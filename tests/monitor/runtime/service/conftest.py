"""A sensor process's share of the core, with its real threads, store and endpoints."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from urllib.request import Request, urlopen

import pytest

from monitor import store
from monitor.configuration import Configuration, load_configuration
from monitor.release.tables import TableName, TableSpec
from monitor.runtime.endpoints import load_health_token
from monitor.runtime.service import Service
from monitor.sighting import Sighting
from schedules import store as schedule_store
from tests.cast import AMSTERDAM, MONDAY, ROOMS, ExactHealth, at, lessons
from tests.clock import ManualClock

MAX_WAIT = 60.0
"""Seconds in which a thread of the service surely does what it has to do."""


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


def eventually(holds: Callable[[], object]) -> None:
    """Wait until another thread has done it; a test that hangs fails."""
    deadline = time.monotonic() + MAX_WAIT
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def exact_health(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the service count small numbers too."""
    monkeypatch.setattr("monitor.runtime.service.Health", ExactHealth)


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    places = "\n".join(
        f'[[place]]\nprefixes = ["10.0.{room}.0/24"]\nroom = "{room}"' for room in ROOMS
    )
    path = tmp_path / "lesrust.toml"
    path.write_text(
        f"""
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[identity]
unit = "address"
reused = false
[metrics]
listen = "127.0.0.1:0"
[health]
listen = "127.0.0.1:0"
[[layer]]
name = "3 havo"
pupils = 300
groups = ["h3*"]
[[layer]]
name = "3 vwo"
pupils = 300
groups = ["v3*"]
{places}
"""
    )
    return load_configuration(path)


@contextmanager
def running(configuration: Configuration, clock: ManualClock) -> Iterator[Service]:
    service = Service(configuration, clock=clock, mechanism=exact)
    service.open()
    try:
        yield service
    finally:
        service.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(at(8))


@pytest.fixture
def service(configuration: Configuration, clock: ManualClock) -> Iterator[Service]:
    store.connect(configuration.database)
    schedule_store.import_timetable(
        list(lessons()), source="csv", by="test", now=at(7), zone=AMSTERDAM
    )
    with running(configuration, clock) as one:
        yield one


def live(service: Service, clock: ManualClock, until: float, *sightings: Sighting) -> None:
    waiting = sorted(sightings, reverse=True)
    while clock.now < until:
        clock.now = min(clock.now + 60, until)
        while waiting and waiting[-1].timestamp < clock.now:
            service.receive_sighting(waiting.pop())
        service.tick()


def hours() -> dict[str, int | None]:
    figures = store.load_figures(since=MONDAY, tables=[TableName.LESSON_HOURS])
    return {figure.cell.period: figure.drawn for figure in figures}


def read_health(service: Service) -> str:
    """Read the health of a service, with the token that it has made."""
    said = {"Authorization": f"Bearer {load_health_token(service._configuration)}"}
    return read_from(service.health_port, said)


def read_from(port: int, said: Mapping[str, str] = MappingProxyType({})) -> str:
    asked = Request(f"http://127.0.0.1:{port}/metrics", headers=dict(said))
    with urlopen(asked) as answer:
        text: str = answer.read().decode()
    return text
