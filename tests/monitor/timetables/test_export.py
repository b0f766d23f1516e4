"""What is read of a file, a folder or standard input."""

import os
from pathlib import Path

import pytest

from monitor.timetables import export
from monitor.timetables.export import export_signature, load_export
from schedules.problem import Refused


def names(path: Path) -> list[str]:
    return [Path(name).name for name in load_export(path)]


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


def test_all_feeds_of_a_folder_are_read_when_the_newest_file_is_one(tmp_path: Path) -> None:
    for moment, name in enumerate(("b204.ics", ".b205.ics", "rooster.csv", "B206.ICS")):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (moment, moment))
    assert sorted(names(tmp_path)) == ["B206.ICS", "b204.ics"]
    assert names(tmp_path / "b204.ics") == ["b204.ics"]
    os.utime(tmp_path / "rooster.csv", (9, 9))
    assert names(tmp_path) == ["rooster.csv"]


def test_a_feed_that_comes_or_goes_changes_the_signature(tmp_path: Path) -> None:
    (tmp_path / "b204.ics").write_text("1")
    alone = export_signature(tmp_path)
    (tmp_path / "b205.ics").write_text("1")
    assert export_signature(tmp_path) != alone
    (tmp_path / "b205.ics").unlink()
    assert export_signature(tmp_path) == alone


def test_feeds_that_are_too_many_or_too_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b204.ics", "b205.ics"):
        (tmp_path / name).write_text("12345")
    monkeypatch.setattr(export, "MAX_EXPORT_BYTES", 9)
    with pytest.raises(Refused, match="9 bytes at most"):
        load_export(tmp_path)
    monkeypatch.setattr(export, "MAX_FILES", 1)
    with pytest.raises(Refused, match="1 files at most"):
        load_export(tmp_path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        load_export(tmp_path / "absent.csv")
    with pytest.raises(Refused, match="no file"):
        load_export(tmp_path)


def test_a_file_that_is_written_anew_has_another_signature(tmp_path: Path) -> None:
    path = tmp_path / "rooster.csv"
    path.write_text("1")
    before = export_signature(path)
    assert export_signature(path) == before
    os.utime(path, (1, 1))
    assert export_signature(path) != before
