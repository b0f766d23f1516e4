"""A source of the timetable: a key that says nothing for its format is a mistake."""

from pathlib import Path

import pytest

from monitor.configuration import load_configuration
from schedules.problem import Refused

SCHOOL = '[school]\nname = "Het Voorbeeld"\n\n[[timetable]]\nname = "rooster"\n'
ZERMELO = 'format = "zermelo"\naddress = "https://school.zportal.nl"\nsecret = "token"\n'
WEBUNTIS = f'{ZERMELO.replace("zermelo", "webuntis")}school = "school"\nuser = "lesrust"\n'
UNTIS = 'format = "untis"\npath = "untis"\n'
CSV = 'format = "csv"\npath = "rooster.csv"\n'


def load(folder: Path, source: str) -> str:
    """Load a source, and return what is wrong with it."""
    path = folder / "lesrust.toml"
    path.write_text(SCHOOL + source)
    try:
        load_configuration(path)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    "source",
    [
        ZERMELO + "minutes = 10\n",
        WEBUNTIS,
        UNTIS + 'branch = "noord"\ntrack = "vmbo"\n',
        CSV + 'branch = ""\n',
    ],
    ids=["zermelo", "webuntis", "untis", "csv"],
)
def test_keys_of_the_format_are_accepted(tmp_path: Path, source: str) -> None:
    assert load(tmp_path, source) == ""


@pytest.mark.parametrize(
    ("source", "key"),
    [
        (ZERMELO + 'branch = "noord"\n', "branch"),
        (ZERMELO + 'path = "rooster.csv"\n', "path"),
        (ZERMELO + 'school = "x"\n', "school"),
        (WEBUNTIS + 'track = "vmbo"\n', "track"),
        (UNTIS + 'user = "lesrust"\n', "user"),
        (CSV + 'address = "https://school.nl"\n', "address"),
    ],
)
def test_a_key_of_another_format_is_told_and_not_ignored(
    tmp_path: Path, source: str, key: str
) -> None:
    told = load(tmp_path, source)
    assert "key timetable[1]" in told
    assert f"; {key} would be ignored, so take it out" in told


def test_a_key_that_no_format_has_is_told(tmp_path: Path) -> None:
    assert "key timetable[1].vestiging: found 'an unknown key'" in load(
        tmp_path, CSV + 'vestiging = "noord"\n'
    )
