"""Which file is which, and what is refused."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedules.importers.group_sizes.loading import load_group_sizes
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.problem import Refused
from tests.schedules.importers.group_sizes.test_one_roster import CLASSES, HEADER, enrolment

type Maker = Callable[[Path, dict[str, str]], Path]

TODAY = date(2026, 11, 23)
ONE_ROSTER = {
    "classes.csv": CLASSES,
    "enrollments.csv": HEADER + enrolment() + enrolment(of="c9"),
    "users.csv": "not opened",
}


def archive(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return path


def folder(path: Path, files: dict[str, str]) -> Path:
    path.mkdir()
    for name, content in files.items():
        (path / name).write_text(content)
    return path


@pytest.mark.parametrize("make", [archive, folder])
def test_one_roster_is_an_archive_or_a_folder(tmp_path: Path, make: Maker) -> None:
    loaded = load_group_sizes(make(tmp_path / "oneroster", ONE_ROSTER), TODAY)
    assert loaded.sizes["h3a"] == 1
    assert len(loaded.problems) == 1


def test_anything_else_is_a_file_of_groups(tmp_path: Path) -> None:
    path = tmp_path / "groepen.csv"
    path.write_text("groep;aantal\nh3a;28\nh3b;veel\n")
    loaded = load_group_sizes(path, TODAY)
    assert loaded.sizes == {"h3a": 28}
    assert [problem.found for problem in loaded.problems] == ["veel"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"groep;aantal\n",
        b"groep;aantal\nh3a;veel\n",
        b"PK\x03\x04 broken",
        b"\xff\xfeg\0r\0",
        b"groep;aantal\n" + b"\n" * MAX_BYTES,
    ],
    ids=["empty", "no row", "no good row", "broken archive", "UTF-16", "too large"],
)
def test_a_file_without_anything_that_can_be_used_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "groepen.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"groepen\.csv"):
        load_group_sizes(path, TODAY)


@pytest.mark.parametrize("missing", ["classes.csv", "enrollments.csv"])
@pytest.mark.parametrize("make", [archive, folder])
def test_one_roster_without_one_of_its_files_is_refused(
    tmp_path: Path, make: Maker, missing: str
) -> None:
    files = {name: content for name, content in ONE_ROSTER.items() if name != missing}
    with pytest.raises(Refused):
        load_group_sizes(make(tmp_path / "oneroster", files), TODAY)


def test_a_bomb_is_not_unpacked_beyond_what_a_file_may_be(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.zip", {**ONE_ROSTER, "classes.csv": "\n" * (3 * MAX_BYTES)})
    with pytest.raises(Refused, match="at most"):
        load_group_sizes(bomb, TODAY)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nowhere"):
        load_group_sizes(tmp_path / "nowhere.csv", TODAY)


def parts() -> st.SearchStrategy[str]:
    cells = [*HEADER.split(","), *CLASSES.split(","), "student", "c1", "u1", "9"]
    words = [*cells, ";", ",", '"', "\n"]
    return st.lists(st.sampled_from(words) | st.text(max_size=5), max_size=40).map("".join)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(classes=parts(), enrolments=parts(), groups=parts() | st.binary(max_size=200))
def test_whatever_stands_in_a_file_it_is_used_or_refused(
    tmp_path: Path, classes: str, enrolments: str, groups: str | bytes
) -> None:
    one_roster = tmp_path / "oneroster"
    one_roster.mkdir(exist_ok=True)
    (one_roster / "classes.csv").write_text(CLASSES + classes, newline="")
    (one_roster / "enrollments.csv").write_text(HEADER + enrolments, newline="")
    listing = tmp_path / "groepen.csv"
    listing.write_bytes(groups if isinstance(groups, bytes) else groups.encode())
    for path in (one_roster, listing):
        with suppress(Refused):
            sizes = load_group_sizes(path, TODAY).sizes
            assert all(name and size >= 0 for name, size in sizes.items())
