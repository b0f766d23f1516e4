"""Which formats a timetable can have, and that everything that names them names all of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from monitor.configuration import TimetableSettings
from schedules.importers.formats import (
    NOT_FORMATS,
    file_importers,
    importers,
    recognise_file,
    server_importers,
)
from schedules.importers.importer import Recognition, TimetableImporter
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[3]
ALL = pytest.mark.parametrize("importer", importers().values(), ids=importers())
HEAVY = {"django", "httpx", "icalendar", "openpyxl", "pandas", "recurring_ical_events", "tenacity"}


def test_every_module_is_a_format_or_is_said_to_be_none() -> None:
    modules = {path.stem for path in (ROOT / "schedules/importers").glob("[!_]*")}
    assert modules == NOT_FORMATS | importers().keys()


@ALL
def test_a_format_is_called_as_its_module(importer: TimetableImporter) -> None:
    module = ROOT / "schedules/importers" / importer.name
    assert module.is_dir() or module.with_suffix(".py").is_file()
    assert importers()[importer.name] is importer


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("rooster.csv", b"id,date", "csv"),
        ("rooster", b"PK\x03\x04", "excel"),
        ("rooster.ics", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", "ical"),
        ("srv/GPU001.TXT", b"1;", "untis"),
        ("GPU001.TXT", b"PK\x03\x04", "excel"),
        ("leeg", b"", "csv"),
    ],
)
def test_a_format_is_recognised(name: str, content: bytes, form: str) -> None:
    assert recognise_file(name, content).name == form


def test_one_format_is_fallen_back_on() -> None:
    sure = [importer.recognise("x", b"x") for importer in file_importers()]
    assert sorted(sure) == [Recognition.NO] * (len(sure) - 1) + [Recognition.FALLBACK]


def test_the_registry_loads_no_large_library() -> None:
    script = (
        "import sys; from schedules.importers.formats import importers; importers();"
        f"print(*sorted({HEAVY!r} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert loaded.stdout.split() == []


@ALL
def test_a_timetable_of_the_configuration_has_its_keys(importer: TimetableImporter) -> None:
    missing = set(importer.required_settings) - TimetableSettings.model_fields.keys()
    assert not missing, f"add {missing} to TimetableSettings in monitor/configuration/timetables.py"


@ALL
@pytest.mark.parametrize(
    ("file", "quote"), [("docs/rooster.md", "`"), ("deploy/lesrust.toml", '"')]
)
def test_a_format_is_documented(importer: TimetableImporter, file: str, quote: str) -> None:
    name = f"{quote}{importer.name}{quote}"
    assert name in (ROOT / file).read_text(), f"name {name} ({importer.title}) in {file}"


@ALL
def test_a_format_is_fuzzed(importer: TimetableImporter) -> None:
    assert importer.name in TARGETS, f"add {importer.name!r} to TARGETS in tests/fuzz/targets.py"


def test_the_command_names_every_format_of_files() -> None:
    from monitor.commands.timetable.command import timetable

    help_text = " ".join((timetable.help or "").split())
    missing = [importer.title for importer in file_importers() if importer.title not in help_text]
    assert not missing, f"name {missing} in monitor/commands/timetable/command.py"


def test_servers_can_be_linked_with_or_have_a_secret() -> None:
    for importer in server_importers():
        assert "secret" in importer.required_settings
