"""What the tests of what people see share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import deactivate, get_language

from dashboards.directie import figures_page
from dashboards.models import Account
from dashboards.public import figure_cache
from dashboards.school import clock
from dashboards.school import lessons as school_lessons
from dashboards.school.profile import own_profile
from monitor import store
from monitor.configuration import Role, load_configuration
from monitor.store import DATABASE_VARIABLE
from schedules.language import override, set_provider
from tests.dashboards import people
from tests.dashboards.cast import CONFIGURATION, TRUTH, figures, visibility_figures

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Speak the language of each request, as Django knows it."""
    set_provider(get_language)
    deactivate()  # what a request of another test has left
    with override(None):
        yield


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    """Give a folder with a configuration and a truth; the figures are in the store."""
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "lesrust.toml").write_text(CONFIGURATION)
    (tmp_path / "truth.csv").write_text(TRUTH)
    for number, figure in enumerate((*figures(), *visibility_figures())):
        store.record_release(str(number), figure.cell.day, [figure])
    return tmp_path


@pytest.fixture
def nine_forty(monkeypatch: pytest.MonkeyPatch) -> float:
    """Let the web application think that it is Friday at 9:40."""
    monkeypatch.setattr(clock, "now", lambda: people.NOW)
    return people.NOW


@pytest.fixture
def lessons(nine_forty: float, db: None) -> None:
    """Have the timetable of that day in the store, and no other test's in the cache."""
    school_lessons.CACHE.clear()
    people.teach()


def clear_figure_caches() -> None:
    """Let the pages read the store and the configuration anew."""
    own_profile.cache_clear()
    figure_cache.CACHE.clear()
    for cache_of_views in (figures_page.PAGES, figures_page.OVERVIEWS, figures_page.NEWEST_WEEKS):
        cache_of_views.clear()


@pytest.fixture
def web(school: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the web application be that of the school, on the Tuesday after its week."""
    monkeypatch.setattr(settings, "LESRUST", load_configuration(school / "lesrust.toml"))
    monkeypatch.setattr(clock, "now", TUESDAY.timestamp)
    clear_figure_caches()
    yield school
    clear_figure_caches()


@pytest.fixture
def directie(client: Client, web: Path) -> Client:
    """Give the browser of somebody of the directie."""
    account = Account(username="directie", roles=[Role.DIRECTIE])
    account.save()
    client.force_login(account)
    return client
