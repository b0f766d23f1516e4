"""Reading the tables of the catalogue's files: what is there, and all that is wrong."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.toml_table import (
    TomlTable,
    ValueParser,
    load_toml_file,
    parse_date,
    parse_flag,
    parse_sentence,
    parse_text,
)
from schedules.problem import Problem


def read(content: Mapping[str, object]) -> tuple[object, list[str]]:
    """Read a table that has a title, some days, and tables inside it."""
    problems: list[Problem] = []
    whole = TomlTable(content, "lijst.toml", problems)
    found = (
        whole.value("title", parse_sentence, ""),
        whole.values("days", parse_date),
        whole.tables(
            "group", lambda group: group.value("on", parse_flag, empty=False), min_length=1
        ),
    )
    whole.refuse_other_keys()
    return found, [str(problem) for problem in problems]


def test_a_table_is_read_by_its_keys() -> None:
    content = {"title": "Hyves", "days": [date(2026, 11, 23)], "group": [{"on": True}]}
    assert read(content) == (("Hyves", (date(2026, 11, 23),), (True,)), [])


def test_a_list_of_which_none_are_needed_may_be_missing() -> None:
    assert read({"title": "Hyves", "group": [{"on": True}]}) == (("Hyves", (), (True,)), [])


def test_all_that_is_wrong_is_named_at_once() -> None:
    _, problems = read({"title": "", "days": [7], "group": [{"on": True}, {"off": 1}, 3]})
    assert problems == [
        "lijst.toml, title: found ''; allowed: text of at least 4 characters",
        "lijst.toml, days 1: found '7'; allowed: a date such as 2026-11-23, without quotes",
        "lijst.toml, group 2 on: found 'nothing'; allowed: something",
        "lijst.toml, group 2 off: found '1'; allowed: no key of this name",
        "lijst.toml, group 3: found '3'; allowed: a table",
    ]


def test_a_list_that_is_needed_has_to_be_there_and_to_be_a_list() -> None:
    place = "lijst.toml, group: found "
    assert read({"title": "Hyves"})[1] == [f"{place}'nothing'; allowed: a list"]
    assert read({"title": "Hyves", "group": 3})[1] == [f"{place}'3'; allowed: a list"]
    assert read({"title": "Hyves", "group": []})[1] == [f"{place}'[]'; allowed: at least one"]


@pytest.mark.parametrize("reads", [parse_text, parse_sentence, parse_flag, parse_date])
@given(value=st.integers() | st.none() | st.datetimes() | st.lists(st.text()))
def test_what_is_of_another_kind_is_no_value(reads: ValueParser[object], value: object) -> None:
    with pytest.raises(ValueError, match=r"text|true|date"):
        reads(value)


def test_a_file_with_a_problem_gives_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lijst.toml"
    file.write_text("title = 1")
    made, problems = load_toml_file(file, lambda content: content.value("title", parse_text, ""))
    assert made is None
    assert [str(problem) for problem in problems] == ["lijst.toml, title: found '1'; allowed: text"]
