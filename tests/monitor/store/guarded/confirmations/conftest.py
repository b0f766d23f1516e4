"""A school whose settings are written anew between two starts of a sensor."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration
from monitor.store.guarded.confirmations import record_baseline, take_fingerprints
from schedules.secret import write_secret

NOW = 1_792_396_800.0
SCHOOL = '[school]\nname = "Het Voorbeeld"\n'

type Loads = Callable[..., Configuration]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    """Give what writes the sections of a configuration, and loads it."""
    write_secret(tmp_path / "web.secret", "a secret of the school")
    path = tmp_path / "lesrust.toml"

    def load(*sections: str) -> Configuration:
        path.write_text(SCHOOL + "".join(sections))
        return load_configuration(path)

    return load


def begin(settings: Configuration) -> None:
    """Have a sensor begin with a configuration."""
    fingerprints = take_fingerprints(settings)
    assert fingerprints is not None
    record_baseline(settings, fingerprints, NOW)
