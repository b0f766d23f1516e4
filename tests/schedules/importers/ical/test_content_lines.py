"""The lines of a file: unfolded, decoded, and with their places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.importers.ical.content_lines import parse_content_lines
from schedules.problem import InvalidValue


def test_a_fold_may_divide_a_character() -> None:
    content = b"SUMMARY:h3\xc3\r\n \xa9\r\nUID:1\r\n"
    assert [(line.number, line.text) for line in parse_content_lines(content)] == [
        (1, "SUMMARY:h3é"),
        (3, "UID:1"),
    ]


def test_a_byte_order_mark_and_empty_lines_are_nothing() -> None:
    lines = parse_content_lines(b"\xef\xbb\xbfA:1\n\n\tB\n\nC:2")
    assert [(line.number, line.text) for line in lines] == [(1, "A:1B"), (5, "C:2")]


@pytest.mark.parametrize(
    ("content", "number"),
    [(b"\xff", 1), (b"A:1\nB:\xe9", 2), (b"A:1\r\n B\r\n \xe9\r\nC:1", 3), (b"A:1\n\n\nB:\xc3", 4)],
)
def test_a_byte_that_is_no_utf8_is_refused_with_its_line(content: bytes, number: int) -> None:
    with pytest.raises(InvalidValue) as raised:
        parse_content_lines(content)
    assert raised.value.found == f"a byte on line {number} that is no UTF-8"


_WORD = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1)


@given(
    st.lists(_WORD.map(lambda text: "X:" + text)),
    st.integers(1, 9),
    st.sampled_from(["\n", "\r\n"]),
)
def test_lines_folded_anywhere_are_the_lines_that_they_were(
    texts: list[str], width: int, newline: str
) -> None:
    fold = newline.encode() + b" "
    folded = [re.sub(rb"(?s)(.{%d})(?=.)" % width, rb"\1" + fold, text.encode()) for text in texts]
    lines = parse_content_lines(newline.encode().join(folded))
    assert [line.text for line in lines] == texts


@given(st.lists(st.binary(max_size=12), max_size=6).map(b"\n".join))
def test_whatever_the_bytes_a_text_is_that_of_the_bytes_or_refused(content: bytes) -> None:
    try:
        lines = parse_content_lines(content)
    except InvalidValue:
        with pytest.raises(UnicodeDecodeError):
            re.sub(rb"(\r?\n)+[ \t]", b"", content).decode()
        return
    assert "".join(line.text for line in lines).count("\ufffd") == content.decode(
        errors="ignore"
    ).count("\ufffd")
