"""What a school is told of its own settings: on the page for everyone, and in a terminal."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils.translation import get_language
from pytest_django import Settings

from dashboards.public import figure_cache
from dashboards.school import clock
from dashboards.school.platforms import platforms_in_use
from monitor.commands.privacy.command import privacy
from monitor.configuration import Configuration, load_configuration
from schedules.language import override, set_provider
from tests.dashboards.cast import SCHOOL
from tests.dashboards.public.conftest import NOW, said

SIZES = "groep;aantal\nb1a;28\nb1b;27\n"


class SettingsTold(NamedTuple):
    """What is told of some settings, as it is read in Dutch."""

    settings: Configuration
    page: str
    command: str


type Tell = Callable[[str], SettingsTold]
"""Gives what is told of a school with these sections in its `lesrust.toml`."""


@pytest.fixture
def tell(
    settings: Settings, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tell]:
    """Have the page and the command tell of a school; each speaks the language of its reader."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    (tmp_path / "groepen.csv").write_text(SIZES)
    path = tmp_path / "lesrust.toml"

    def of(sections: str) -> SettingsTold:
        path.write_text(f"{SCHOOL}[watch]\n{sections}")
        settings.LESRUST = load_configuration(path)
        platforms_in_use.cache_clear()
        figure_cache.CACHE.clear()
        page = said(client.get("/transparantie/").content.decode())
        command = CliRunner().invoke(privacy, ["--config", str(path), "--lang", "nl"]).output
        return SettingsTold(settings.LESRUST, page, " ".join(command.split()))

    set_provider(get_language)
    with override(None):
        yield of
