"""What the tests of what people see share."""

from pathlib import Path

import pytest
from django.core.cache import cache

from dashboards.figures import clock
from dashboards.teacher.lessons import SNAPSHOT
from monitor import store
from monitor.store import DATABASE_VARIABLE
from tests.dashboards import people
from tests.dashboards.cast import CONFIGURATION, TRUTH, figures


@pytest.fixture(autouse=True)
def language() -> None:
    """Speak the language of each request, as Django knows it."""


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    """Forget how often somebody tried: rolled back, another test's account has the same number."""
    cache.clear()


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    """Give a folder with a configuration and a truth; the figures are in the store."""
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "lesrust.toml").write_text(CONFIGURATION)
    (tmp_path / "truth.csv").write_text(TRUTH)
    for number, figure in enumerate(figures()):
        store.record_release(str(number), figure.cell.day, [figure])
    return tmp_path


@pytest.fixture
def nine_forty(monkeypatch: pytest.MonkeyPatch) -> float:
    """Let the web application think that it is Friday at 9:40."""
    monkeypatch.setattr(clock, "now", lambda: people.NOW)
    return people.NOW


@pytest.fixture
def lessons(nine_forty: float, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Have the timetable of that day in the store, and in no page's memory of another test's."""
    monkeypatch.setattr(SNAPSHOT, "_held", None)
    people.teach()
