"""Both ends of a link."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from addons.link.receiver import SightingReceiver, receive_sightings
from addons.link.sender import SightingSender
from tests.addons.link.cast import FailingSink


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sightings"


@pytest.fixture
def core() -> FailingSink:
    return FailingSink()


@pytest.fixture
def gateway(path: Path, core: FailingSink) -> Iterator[SightingReceiver]:
    with receive_sightings(path, core) as receiver:
        assert receiver is not None
        yield receiver


@pytest.fixture
def sensor(path: Path) -> Iterator[SightingSender]:
    sender = SightingSender(path)
    yield sender
    sender.close()
