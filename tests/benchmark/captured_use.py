"""Who is called active in real captures of which it is known which app was run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from addons.captures.playback import Playback
from addons.commands.capture_set import CaptureSet
from addons.flows.naming import FlowNamer
from addons.passive import PassiveSensor
from monitor import catalogue
from monitor.activity.device_use import judge_sightings
from monitor.catalogue.hiding import bundled_hiding_list
from monitor.sighting import Sighting

TRAFFIC = Path(__file__).parents[2] / ".." / "shared" / "traffic"
PLATFORMS = tuple(platform.name for platform in catalogue.load_catalogue().platforms)


class Judged(NamedTuple):
    """What a capture came to."""

    app: str
    contacted: frozenset[str]
    """Platforms."""
    active: frozenset[str]
    """Those of them on which some device was called active."""


class _Remembered:
    """Takes the place of a core, and keeps what it is told."""

    def __init__(self) -> None:
        self.seen: list[Sighting] = []

    @property
    def health(self) -> "_Remembered":
        return self

    def count_addon_error(self) -> None:
        raise AssertionError("the sensor failed")

    def count_dropped_packets(self, packets: int) -> None:
        raise AssertionError("a capture loses nothing")

    def tick(self) -> None:
        pass

    def receive_sighting(self, sighting: Sighting) -> None:
        self.seen.append(sighting)

    def name_hardware(self, mac: bytes) -> bytes:
        return mac

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        return hardware or client


def labelled() -> dict[str, str]:
    """Give the app of each capture whose maker says it; nothing where there are no captures."""
    truth = TRAFFIC / "truth.jsonl"
    rows = map(json.loads, truth.read_text().splitlines()) if truth.is_file() else ()
    return {row["pcap"]: row["capture_app"] for row in rows if "capture_app" in row}


def judged() -> Iterator[Judged]:
    """Judge every labelled capture, device by device, with every platform switched on."""
    known = catalogue.load_catalogue(switched_on=PLATFORMS)
    for name, app in sorted(labelled().items()):
        core = _Remembered()
        sensor = PassiveSensor(core, FlowNamer(lambda: known, bundled_hiding_list()))
        playback = Playback(sensor)
        CaptureSet([name], (), sizes=True).play(str(TRAFFIC / "captures" / name), playback)
        sensor.close(playback.timestamp)
        by_client: dict[bytes, list[Sighting]] = {}
        for sighting in core.seen:
            by_client.setdefault(sighting.client, []).append(sighting)
        matches = (known.recognise(sighting.hostname) for sighting in core.seen)
        yield Judged(
            app,
            frozenset(match.platform for match in matches if match),
            frozenset(
                platform for seen in by_client.values() for platform in judge_sightings(seen, known)
            ),
        )
