"""What is read of a file, a folder or standard input, and what it is taken for."""

import os
from pathlib import Path

import pytest

from monitor.configuration import load_configuration
from monitor.timetables.reading import TimetableReader, export_signature, read_export
from schedules.calendar import DateRange
from schedules.importers import formats
from schedules.importers.formats import Format
from schedules.problem import Refused
from tests.schedules.cast import TUESDAY, at


def names(path: Path) -> list[str]:
    return [Path(name).name for name in read_export(path)]


def test_a_file_is_read_alone(tmp_path: Path) -> None:
    for name in ("rooster.csv", "ander.csv"):
        (tmp_path / name).write_text(name)
    assert names(tmp_path / "rooster.csv") == ["rooster.csv"]


def test_the_files_of_untis_belong_together(tmp_path: Path) -> None:
    for name in ("GPU014.TXT", "gpu001.txt", "notes.txt"):
        (tmp_path / name).write_text("1")
    assert sorted(names(tmp_path)) == ["GPU014.TXT", "gpu001.txt"]
    assert sorted(names(tmp_path / "gpu001.txt")) == ["GPU014.TXT", "gpu001.txt"]
    assert names(tmp_path / "notes.txt") == ["notes.txt"]


def test_of_other_exports_the_newest_is_read(tmp_path: Path) -> None:
    for moment, name in enumerate(("old.csv", "new.csv", ".writing.csv")):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (moment, moment))
    assert names(tmp_path) == ["new.csv"]


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No such file"):
        read_export(tmp_path / "absent.csv")
    with pytest.raises(Refused, match="no file"):
        read_export(tmp_path)


def test_a_file_that_is_written_anew_has_another_signature(tmp_path: Path) -> None:
    path = tmp_path / "rooster.csv"
    path.write_text("1")
    before = export_signature(path)
    assert export_signature(path) == before
    os.utime(path, (1, 1))
    assert export_signature(path) != before


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("rooster.csv", b"id,date", Format.CSV),
        ("rooster", b"PK\x03\x04", Format.EXCEL),
        ("rooster.ics", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", Format.ICAL),
        ("srv/GPU001.TXT", b"1;", Format.UNTIS),
        ("leeg", b"", Format.CSV),
    ],
)
def test_a_format_is_recognised(name: str, content: bytes, form: Format) -> None:
    assert formats.of_file(name, content) is form


BRANCHES = """
[school]
name = "Het Voorbeeld"

[[timetable]]
name = "untis"
format = "untis"
path = "main"

[[timetable]]
name = "dependance"
format = "untis"
path = "annexe"
branch = "dependance"

[[bells]]
hours = ["1 08:30-09:20"]

[[bells]]
branch = "dependance"
hours = ["1 08:45-09:35"]
"""


def test_two_branches_number_their_lessons_alike_and_have_bells_of_their_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "lesrust.toml").write_text(BRANCHES)
    for folder in ("main", "annexe"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "GPU001.TXT").write_text('133;"h3a";"VDA";"NE";"B204";2;1;;\n')
    settings = load_configuration(tmp_path / "lesrust.toml")
    reader = TimetableReader(settings, DateRange(TUESDAY, TUESDAY))
    main, annexe = (reader.of_source(source).lessons[0] for source in settings.timetables)
    assert (main.instance, main.start.timestamp()) == ("untis-133-20261006-1", at("08:30"))
    assert annexe.instance == "dependance/untis-133-20261006-1"
    assert annexe.start.timestamp() == at("08:45")
