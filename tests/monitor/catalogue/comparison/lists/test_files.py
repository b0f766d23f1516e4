"""From a file to its entries, bounded."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.lists import files
from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from schedules.problem import Refused
from tests.monitor.catalogue.comparison.lists.reading import reading


def read(folder: Path, **written: str | bytes) -> tuple[list[ListEntry], ListReading]:
    for name, content in written.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    noted = reading()
    return list(files.load_list(folder / next(iter(written)), noted)), noted


def test_a_list_is_about_what_its_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "Hyves.txt").write_text("||hyves.nl^")
    assert list(files.load_list(tmp_path / "Hyves.txt", reading())) == [
        ListEntry("hyves.nl", "hyves")
    ]


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ("hyves.nl", "lijst"),
        ("||hyves.nl^", "lijst"),
        ('{"blocked_services": [{"id": "hyves", "rules": ["||hyves.nl^"]}]}', "hyves"),
        ("0.0.0.0 hyves.nl", ""),
        ("\ufeff0.0.0.0 hyves.nl\r\n", ""),
    ],
)
def test_every_format_is_read(tmp_path: Path, content: str, about: str) -> None:
    assert read(tmp_path, lijst=content)[0] == [ListEntry("hyves.nl", about)]


def test_what_a_list_includes_is_about_itself(tmp_path: Path) -> None:
    entries, noted = read(
        tmp_path,
        meta="include:hyves\ninclude:absent\ninclude:../../etc/hosts\nmeta.nl",
        hyves="include:meta\ninclude:leeg\nhyves.nl",
        leeg="# nothing",
    )
    assert entries == [ListEntry("meta.nl", "meta"), ListEntry("hyves.nl", "hyves")]
    assert noted.skipped == 2


def test_nothing_outside_the_lists_folder_is_included(tmp_path: Path) -> None:
    (tmp_path / "geheim").write_text("geheim.nl")
    folder = tmp_path / "lijsten"
    folder.mkdir()
    entries, noted = read(folder, lijst=f"include:../geheim\ninclude:{tmp_path}/geheim\na.nl")
    assert entries == [ListEntry("a.nl", "lijst")]
    assert noted.skipped == 2


def test_no_more_than_a_bound_is_included(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_INCLUDED", 5)
    chain = {f"l{n}": f"include:l{n + 1}\nl{n}.nl" for n in range(9)}
    entries, _ = read(tmp_path, **chain)
    assert len(entries) == 5


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("Dear sir,", "line 1: found 'Dear sir,'; allowed: v2fly's domain-list-community, "),
        ("", "line 1: found ''; allowed"),
        (b"hyves.nl\n\xff.nl", "line 2: found 'other bytes'; allowed: text in UTF-8"),
        ('{"blocked_services": ', "found 'line 1: "),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, lijst=content)
    assert problem in str(refused.value)
    assert str(tmp_path / "lijst") in str(refused.value)


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 8)
    assert read(tmp_path, lijst="hyves.nl")[0]
    with pytest.raises(Refused, match="a larger file"):
        read(tmp_path, lijst="hyves.nl\n")


def test_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(Refused, match="a file that can be read"):
            list(files.load_list(path, reading()))


@given(content=st.binary())
def test_no_content_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "lijst"
    path.write_bytes(content)
    with suppress(Refused):
        list(files.load_list(path, reading()))
