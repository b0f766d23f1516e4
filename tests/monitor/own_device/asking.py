"""A page that is really served, on this machine, and who asks for it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from ipaddress import IPv4Network, ip_address
from typing import Any

from monitor.configuration import DeviceSettings
from monitor.core import Core
from monitor.health import Health
from monitor.own_device.serving import serve_own_device
from monitor.own_device.session_registry import SessionRegistry
from monitor.place import Place
from monitor.places.prefix_map import PrefixMap
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from tests.cast import at, school_snapshot

PHONE, OTHER = "127.0.0.77", "127.0.0.78"
OPENED = at(8, 40)
PATIENCE = 60.0
"""Seconds until a test that waits for something that will not come fails."""
IN_ROOM = PrefixMap([(IPv4Network("127.0.0.0/8"), Place("101"))])


class OwnDeviceSensor:
    """A core that counts, and the page beside it, as `monitor.runtime.service` has them."""

    def __init__(self, held: Snapshot | None = None) -> None:
        self.core = Core(held or replace(school_snapshot(), prefixes=IN_ROOM), Health(), at(7, 30))
        self.looks = SessionRegistry()
        self.now = OPENED
        self.errors = 0
        self.port = 0

    def see(self, *sightings: Sighting) -> None:
        for sighting in sightings:
            self.core.receive_sighting(sighting)
            self.looks.receive_sighting(sighting, self.core)
            self.now = sighting.timestamp + 1

    def count_error(self) -> None:
        self.errors += 1

    def looking(self, who: str = PHONE) -> bool:
        return packed(who) in self.looks.by_device


def packed(address: str) -> bytes:
    return ip_address(address).packed


@contextmanager
def serving(held: Snapshot | None = None, **settings: Any) -> Iterator[OwnDeviceSensor]:
    sensor = OwnDeviceSensor(held)
    device = DeviceSettings.model_validate({"listen": "127.0.0.1:0", **settings})
    with serve_own_device(
        device, sensor.core, sensor.looks, lambda: sensor.now, sensor.count_error
    ) as port:
        assert port
        sensor.port = port
        yield sensor
    assert sensor.errors == 0
    assert sensor.looks.by_device == {}


@dataclass
class Answered:
    status: int
    headers: Mapping[str, str]
    text: str


def ask(
    sensor: OwnDeviceSensor, path: str, who: str = PHONE, method: str = "GET", **headers: str
) -> Answered:
    """Ask for a page, whole."""
    connection = HTTPConnection("127.0.0.1", sensor.port, PATIENCE, source_address=(who, 0))
    try:
        connection.request(method, path, headers=_named(headers))
        answer = connection.getresponse()
        return Answered(answer.status, dict(answer.getheaders()), answer.read().decode())
    finally:
        connection.close()


class Open:
    """What is told to somebody who looks, as it comes."""

    def __init__(self, answer: HTTPResponse) -> None:
        self.answer = answer
        self.text = ""

    def until(self, said: str) -> str:
        """Read until something is said, and give the line that has it."""
        deadline = time.monotonic() + PATIENCE  # signs of life come all the time
        while True:
            line = self.answer.readline().decode()
            assert line, f"it ended without {said!r}:\n{self.text}"
            assert time.monotonic() < deadline, f"it did not say {said!r}:\n{self.text}"
            self.text += line
            if said in line:
                return line

    def rest(self) -> str:
        """Read to the end."""
        self.text += self.answer.read().decode()
        return self.text


@contextmanager
def looking(
    sensor: OwnDeviceSensor, path: str = "/mijn-apparaat/live", who: str = PHONE, **headers: str
) -> Iterator[Open]:
    """Open the page and look, until the context ends."""
    connection = HTTPConnection("127.0.0.1", sensor.port, PATIENCE, source_address=(who, 0))
    try:
        connection.request("GET", path, headers=_named(headers))
        with connection.getresponse() as answer:
            yield Open(answer)
    finally:
        connection.close()


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
