"""One spelling for each hostname, whatever a client wrote."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.hostnames.spelling import fold_hostname, normalise_hostname

LABELS = st.text(string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=63)
NAMES = st.lists(LABELS, min_size=1, max_size=6).map(".".join).filter(lambda n: len(n) <= 253)


@given(NAMES)
def test_a_name_in_lower_case_is_its_own_spelling(name: str) -> None:
    assert normalise_hostname(name) == name


@given(NAMES)
def test_case_and_one_trailing_dot_say_nothing(name: str) -> None:
    assert normalise_hostname(name.upper() + ".") == name


@given(NAMES)
def test_an_empty_label_makes_it_no_hostname(name: str) -> None:
    assert [
        normalise_hostname(f".{name}"),
        normalise_hostname(f"{name}.."),
        normalise_hostname(f"a..{name}"),
    ] == [None] * 3


@given(st.text(max_size=400))
def test_whatever_is_written_a_second_time_changes_nothing(text: str) -> None:
    name = normalise_hostname(text)
    assert name is None or normalise_hostname(name) == name


@given(
    st.text(
        st.characters(codec="ascii", exclude_characters=string.ascii_letters + "-_.0123456789"),
        min_size=1,
    )
)
def test_other_characters_make_it_no_hostname(text: str) -> None:
    assert normalise_hostname(f"www{text}.x.com") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Bücher.example", "xn--bcher-kva.example"),
        ("xn--BCHER-kva.example", "xn--bcher-kva.example"),
        ("r1---sn-hju7enel.bücher.example", "r1---sn-hju7enel.xn--bcher-kva.example"),
        ("\uff46acebook.com", "facebook.com"),
        ("www\u3002bücher\u3002example\u3002", "www.xn--bcher-kva.example"),
    ],
)
def test_unicode_is_understood(written: str, name: str) -> None:
    assert normalise_hostname(written) == name


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        ".",
        "..",
        "\0",
        "\ud800.com",
        "é" * 254,
        "a" * 10_000_000,
        "é" * 10_000_000,
        "x\u202e.com",
    ],
    ids=ascii,
)
def test_what_is_no_hostname_is_refused_without_raising(hostile: str) -> None:
    assert normalise_hostname(hostile) is None


def test_the_lengths_are_those_of_dns() -> None:
    label = "a" * 63
    longest = ".".join([label, label, label, "a" * 61])
    assert normalise_hostname(longest + ".") == longest
    assert normalise_hostname(longest + "a") is None
    assert normalise_hostname(f"{label}a.x.com") is None


def test_a_name_that_is_too_long_is_not_looked_at() -> None:
    assert fold_hostname("a" * 255) is None
    assert fold_hostname("é" * 255) is None


def test_a_unicode_name_is_bounded_by_its_length_on_the_wire() -> None:
    assert normalise_hostname(".".join(["é" * 20] * 12)) is None
