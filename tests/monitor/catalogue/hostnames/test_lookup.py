"""From a hostname to its match: at label boundaries, the most specific first."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.catalogue.hostnames.lookup import HostnameLookup
from monitor.catalogue.hostnames.pattern import parse_pattern
from monitor.catalogue.platform import HostnameRole, Match

X = Match("x", HostnameRole.APP)
X_MEDIA = Match("x", HostnameRole.MEDIA)
LOOKUP = HostnameLookup(
    {
        parse_pattern("x.com"): X,
        parse_pattern("img.x.com"): X_MEDIA,
        parse_pattern("=t.co"): X,
        parse_pattern("school.x.com"): None,
        parse_pattern("foto.*.cache.x.com"): X_MEDIA,
        parse_pattern("foto.*.elders.net"): X_MEDIA,
    }
)
LETTERS = string.ascii_lowercase + string.digits
PREFIXES = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=8)


@given(PREFIXES)
def test_all_under_a_hostname_is_the_platforms(labels: list[str]) -> None:
    assume(labels[-1] not in {"img", "school", "cache"})
    assert LOOKUP.find(".".join([*labels, "x.com"])) == X


@given(st.text(LETTERS + "-", min_size=1, max_size=60))
def test_a_name_that_only_ends_alike_is_not(lookalike: str) -> None:
    assert LOOKUP.find(f"{lookalike}x.com") is None
    assert LOOKUP.find(f"www.{lookalike}x.com") is None


@given(PREFIXES)
def test_a_name_that_only_begins_alike_is_not(labels: list[str]) -> None:
    assume(".".join(labels[-2:]) != "x.com")
    assert LOOKUP.find(".".join(["x.com", *labels])) is None


@given(PREFIXES)
def test_the_most_specific_hostname_wins(labels: list[str]) -> None:
    assert LOOKUP.find(".".join([*labels, "img.x.com"])) == X_MEDIA


@given(PREFIXES)
def test_what_is_taken_out_does_not_fall_to_what_it_is_under(labels: list[str]) -> None:
    assert LOOKUP.find(".".join([*labels, "school.x.com"])) is None


def test_a_hostname_alone_is_alone() -> None:
    assert LOOKUP.find("t.co") == X
    assert LOOKUP.find("www.t.co") is None


def test_a_first_label_tells_apart_what_is_under_one_hostname() -> None:
    assert LOOKUP.find("foto.ams1.cache.x.com") == X_MEDIA
    assert LOOKUP.find("www.ams1.cache.x.com") == X
    assert LOOKUP.find("foto.ams1.elders.net") == X_MEDIA
    assert LOOKUP.find("www.ams1.elders.net") is None
    assert LOOKUP.find("foto.x.com") == X


def test_a_first_label_is_one_under_the_hostname() -> None:
    assert HostnameLookup({parse_pattern("foto.*.foto.nl"): X}).find("foto.nl") is None


@pytest.mark.parametrize("name", ["X.Com", "x.com.", "WWW.X.COM.", "\uff58.com"])
def test_spelling_does_not_matter(name: str) -> None:
    assert LOOKUP.find(name) == X


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        ".",
        "com",
        ".x.com",
        "x.com..",
        "a..x.com",
        "a\0.x.com",
        "a b.x.com",
        "a\n.x.com",
        "\ud800.x.com",
        "é" * 251 + ".x.com",
        "a" * 64 + ".x.com",
        "a." * 125 + "x.com",
        "a" * 1_000_000 + ".x.com",
    ],
    ids=ascii,
)
def test_hostile_names_are_nobodys(hostile: str) -> None:
    assert LOOKUP.find(hostile) is None


@given(st.text() | st.text().map(lambda text: text + ".x.com"))
def test_nothing_that_is_asked_raises(text: str) -> None:
    assert LOOKUP.find(text) in {None, X, X_MEDIA}
