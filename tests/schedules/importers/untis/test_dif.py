"""How the files of an export are written: separators, quotes, encodings, and their end."""

import pytest

from schedules.calendar import SchoolCalendar
from schedules.importers.untis.export import parse_export
from tests.schedules.cast import AMSTERDAM
from tests.schedules.importers.untis.test_export import (
    BELLS,
    CASES,
    DUTCH,
    OTHERS,
    WEEK,
    only,
    read,
    read_case,
)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850"])
@pytest.mark.parametrize("quoted", [True, False])
def test_separator_quotes_and_encoding_are_recognised(
    separator: str, encoding: str, quoted: bool
) -> None:
    text = DUTCH.replace("B204", "Café").replace(";", separator)
    content = (text if quoted else text.replace('"', "")).encode(encoding)
    imported = parse_export(
        {"gpu001.txt": content}, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM
    )
    assert only(imported).rooms == ("Café",)
    told = {"cp1252": "Windows-1252", "cp850": "cp850"}
    assert imported.format.endswith(told.get(encoding, "UTF-8"))


def test_two_encodings_in_one_file_are_a_problem_with_its_line() -> None:
    content = DUTCH.encode() + "1;é;A;B;C;1;1\n".encode("cp1252") + "1;é;A;B;C;1;1\n".encode()
    imported = parse_export(
        {"GPU001.TXT": content}, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM
    )
    assert "line 3" in str(imported.problems[0])


@pytest.mark.parametrize(
    "line", ["{}133;h3a", "{}133;'h3a;VDA", '{}133;"h3a";"VDA";"NE";"B204"', '{}133;"h3a']
)
def test_an_export_that_ends_in_the_middle_of_a_line_is_refused(line: str) -> None:
    (problem,) = read(line.format(OTHERS)).problems
    assert (problem.where, problem.allowed) == ("GPU001.TXT, line 21", "the whole file")


def test_single_quotes_are_recognised_and_an_apostrophe_is_none() -> None:
    quoted = DUTCH.replace('"', "'").replace("h3a", "3HÄ").replace("VDA", 'O"B')
    lesson = only(read(quoted))
    assert (lesson.groups, lesson.rooms, lesson.teachers) == (("3HÄ",), ("B204",), ('O"B',))
    for text in (DUTCH.replace("VDA", "d'Hondt"), "133;h3a;'s-Gr;NE;B204;2;1;;\n"):
        assert "'" in only(read(text)).teachers[0]


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_case_of_single_quotes_gives_names_without_them() -> None:
    names = {(*lesson.groups, *lesson.teachers) for lesson in read_case("untis-single-quotes")}
    assert names == {("3HÄ", "MüSt"), ("3HB", "Céz")}


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_case_of_code_page_850_gives_its_letters() -> None:
    lessons = read_case("untis-cp850")
    assert {lesson.teachers for lesson in lessons} == {("MeSt",), ("Céz",)}
