"""Text that spreadsheets and school systems export, in whatever way they do it."""

import pytest

from schedules.importers.shared.delimited_text import (
    MAX_BYTES,
    MAX_LINE_LENGTH,
    MAX_LINES,
    TextRow,
    decode_text,
    parse_rows,
)
from schedules.problem import InvalidValue, ProblemCollector

KNOWN = ("date", "room", "teacher")
REQUIRED = ("date", "room")


def read(text: str) -> tuple[list[TextRow], list[str]]:
    problems = ProblemCollector("rooster.csv")
    found = list(parse_rows(text, required=REQUIRED, known=KNOWN, problems=problems))
    return found, [str(problem) for problem in problems.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_decoded_as_it_was_written(encoding: str) -> None:
    assert decode_text("Café Bjørn, € 5".encode(encoding)) == "Café Bjørn, € 5"


def test_the_mark_of_dos_at_the_end_is_no_text() -> None:
    assert decode_text("Céz\r\n".encode("cp850") + b"\x1a") == "Céz\r\n"


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        ("date;room".encode("utf-16"), "UTF-8"),
        (b"caf\x81\xff", "UTF-8"),
        (b"x" * (MAX_BYTES + 1), str(MAX_BYTES)),
    ],
)
def test_what_is_no_text_or_too_much_is_refused(content: bytes, allowed: str) -> None:
    with pytest.raises(InvalidValue, match=allowed):
        decode_text(content)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_separator_is_found_in_the_header(separator: str, ending: str) -> None:
    lines = ["date;room", '2026-10-06;"B2,04;x"', ""]
    text = ending.join(lines).replace(";", separator)
    found, problems = read(text)
    assert found == [
        TextRow(2, {"date": "2026-10-06", "room": f"B2,04{separator}x".replace(";", separator)})
    ]
    assert problems == []


def test_columns_stand_in_any_order_and_case_and_others_are_ignored() -> None:
    found, problems = read(' Room ,remark,"DATE"\nB204,let op,2026-10-06\n')
    assert found == [TextRow(2, {"room": "B204", "date": "2026-10-06"})]
    assert problems == []


def test_empty_lines_and_rows_of_nothing_but_separators_are_passed_over() -> None:
    found, problems = read("\n\ndate,room\n\n,,,\n2026-10-06,B204,,\n")
    assert found == [TextRow(6, {"date": "2026-10-06", "room": "B204"})]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "line 1, the header: found 'no date, room'"),
        ("date\n2026-10-06\n", "line 1, the header: found 'no room'"),
        ("date,room,Date\n", "line 1, column date: found 'this column twice'"),
        ("date,room\n2026-10-06\n", "line 2: found '1 cell'; allowed: 2, as in the header"),
        ("date,room\n2026-10-06,B204,x", "line 2: found '3 cells'"),
        ('date,room\n2026-10-06,"B204\n', "line 2: found 'a quote inside a cell or left open'"),
        ('date,room\n2026-10-06,"B2"04\n', "line 2: found 'a quote inside a cell or left open'"),
        (
            f"date,room\n{'x' * (MAX_LINE_LENGTH + 1)}\n",
            f"allowed: {MAX_LINE_LENGTH} characters at most",
        ),
        ("date,room" + "\n" * (MAX_LINES + 1), f"allowed: {MAX_LINES} lines at most"),
    ],
)
def test_a_wrong_line_is_a_mistake_on_that_line(text: str, mistake: str) -> None:
    found, problems = read(text)
    assert found == []
    assert len(problems) == 1
    assert mistake in problems[0]


@pytest.mark.parametrize("row", ["2026", '2026-10-06,"B2'])
def test_a_last_line_that_is_half_a_line_is_told_as_a_file_that_is_cut_off(row: str) -> None:
    unreadable: list[str] = []
    problems = ProblemCollector("rooster.csv")
    rows = parse_rows(
        f"date,room\n2026-10-06,B204\n{row}",
        required=REQUIRED,
        known=KNOWN,
        problems=problems,
        add_unreadable=lambda where, _: unreadable.append(where),
    )
    assert len(list(rows)) == 1
    assert ["middle of a line" in problem.found for problem in problems.problems] == [True]
    assert unreadable == []


def test_a_quote_that_is_left_open_does_not_swallow_the_lines_after_it() -> None:
    found, problems = read('date,room\n2026-10-06,"B204\n2026-10-07,B205\n')
    assert found == [TextRow(3, {"date": "2026-10-07", "room": "B205"})]
    assert len(problems) == 1
