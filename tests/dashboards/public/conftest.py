"""What the tests of the pages for everyone share: a school, its pages, and what they say."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from dashboards.public import figure_cache
from dashboards.school import clock
from dashboards.school.platforms import platforms_in_use
from monitor.configuration import load_configuration
from tests.dashboards.cast import CONFIGURATION

type Ask = Callable[..., str]
NOW = 1_795_435_200.0
"""Monday 23 November 2026, 13:00."""


def said(page: str) -> str:
    """Give what stands between a page's tags, as it is read."""
    (main,) = re.findall(r"<main.*?</main>", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


@pytest.fixture
def at_school(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> Iterator[Callable[[str], None]]:
    """Let the web application run with a `lesrust.toml`; it begins with the cast's."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    figure_cache.CACHE.clear()

    def run(text: str) -> None:
        path = tmp_path / "lesrust.toml"
        path.write_text(text)
        settings.LESRUST = load_configuration(path)
        platforms_in_use.cache_clear()

    run(CONFIGURATION)
    yield run
    platforms_in_use.cache_clear()


@pytest.fixture
def transparency(at_school: Callable[[str], None], client: Client) -> Ask:
    """Read the page about what is measured, as it is now: `transparency(taal="en")`."""

    def read(taal: str = "nl") -> str:
        answer = client.get("/transparantie/", {"taal": taal})
        assert answer.status_code == 200
        return said(answer.content.decode())

    return read
