"""A school whose sensor has begun once, and what IT changes of its settings afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from monitor.configuration import Configuration, load_configuration
from monitor.store.guarded.confirmations import record_baseline, take_fingerprints
from schedules.secret import write_secret
from tests.dashboards.cast import CONFIGURATION
from tests.dashboards.conftest import clear_figure_caches

BASELINE = 1_795_000_000.0

type Change = Callable[[str], Configuration]


@pytest.fixture
def change(settings: Settings, tmp_path: Path, db: None) -> Iterator[Change]:
    """Have IT add to `lesrust.toml`, and the pages begin anew with it."""
    write_secret(tmp_path / "web.secret", "a secret of the school")
    path = tmp_path / "lesrust.toml"

    def add(text: str) -> Configuration:
        path.write_text(f"{CONFIGURATION}\n{text}")
        settings.LESRUST = load_configuration(path)
        clear_figure_caches()
        return load_configuration(path)

    first = add("")
    fingerprints = take_fingerprints(first)
    assert fingerprints is not None
    record_baseline(first, fingerprints, BASELINE)
    yield add
    clear_figure_caches()
