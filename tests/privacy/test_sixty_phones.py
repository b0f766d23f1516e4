"""A day of 60 phones that walk through six rooms with a VLAN each is released as 60 devices.

The packets stand in a capture file, and go the whole way of `lesrust replay`: through the sensor,
the core and the release with its noise. Here its ledger is the store, so that the figure stands
where pages read it.
"""

from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import CliRunner

from addons.commands.replay import replay
from monitor import store
from monitor.release.tables import R3, TableName
from monitor.runtime import replay as replaying
from monitor.store import DATABASE_VARIABLE
from tests.canary import find_canaries
from tests.privacy.attacks import from_packets
from tests.privacy.worlds.captured import write_capture, write_school
from tests.privacy.worlds.distance import cells_of
from tests.privacy.worlds.generator import walking_class_world
from tests.privacy.worlds.play import play
from tests.privacy.worlds.school import DAYS, HOSTNAMES
from tests.privacy.worlds.world import Frame

PHONES, ROOMS = 60, 6
WORLD = walking_class_world(PHONES, ROOMS, families=2)
SECRETS = {
    secret
    for frame in (event.what for event in WORLD.events[:200])
    if isinstance(frame, Frame)
    for secret in (frame.data[6:12].hex(":"), HOSTNAMES["instagram"])
} | {str(ip_address(event.client)) for event in WORLD.events[:200] if event.client}
"""Addresses, MAC addresses and the hostname of the first phones: none is said or left."""
NOISE = 14 * R3.scale
"""The noise is larger once in a million draws."""


def test_phones_that_change_room_and_address_are_counted_once() -> None:
    counts = play(walking_class_world(PHONES, ROOMS))
    layers, hours = cells_of(counts, TableName.LAYERS), cells_of(counts, TableName.LESSON_HOURS)
    assert layers["", "3 havo", ""] == PHONES
    assert layers["", "3 vwo", ""] == 0
    assert [hours[str(hour), "", ""] for hour in range(1, ROOMS + 2)] == [PHONES] * ROOMS + [0]


def test_phones_that_are_addresses_would_be_many_more() -> None:
    counts = play(walking_class_world(PHONES, ROOMS), from_packets.OLD_IDENTITY)
    counted = cells_of(counts, TableName.LAYERS)["", "3 havo", ""]
    assert counted is not None
    assert counted >= 3 * PHONES


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("capture") / "day.pcap"
    write_capture(path, WORLD)
    return path


def released(
    folder: Path, capture: Path, monkeypatch: pytest.MonkeyPatch, identity: str
) -> dict[str, int | None]:
    """Replay the capture in a school of its own, and return the day's figures by layer."""
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    monkeypatch.setattr(replaying, "MemoryLedger", lambda: store)
    write_school(folder, identity)
    words = [str(capture), "--config", str(folder / "lesrust.toml")]
    result = CliRunner().invoke(replay, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert find_canaries(result.output.encode() + left, SECRETS) == []
    figures = store.load_figures(since=DAYS[0], with_hidden=True)
    return {figure.cell.layer: figure.drawn for figure in figures if figure.cell.table == R3.name}


def test_their_capture_is_released_as_about_as_many_devices(
    tmp_path: Path, capture: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    figures = released(tmp_path, capture, monkeypatch, 'unit = "device"')
    assert figures["3 havo"] == pytest.approx(PHONES, abs=NOISE)
    assert figures["3 vwo"] == pytest.approx(0, abs=NOISE)


def test_their_capture_by_address_would_be_released_as_many_times_as_many(
    tmp_path: Path, capture: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    figures = released(tmp_path, capture, monkeypatch, 'unit = "address"\nreused = false')
    assert figures["3 havo"] == pytest.approx(ROOMS * PHONES, abs=NOISE)
    assert ROOMS * PHONES - NOISE > PHONES + NOISE
