"""How a hostname of the catalogue is written."""

import pytest

from monitor.catalogue.hostnames.pattern import HostnamePattern, parse_pattern


def test_a_hostname_stands_for_all_under_it() -> None:
    assert parse_pattern("Facebook.COM.") == HostnamePattern("facebook.com")


def test_an_equals_sign_makes_it_stand_alone() -> None:
    assert parse_pattern("=t.co") == HostnamePattern("t.co", is_exact=True)


def test_a_star_stands_for_the_labels_between() -> None:
    assert parse_pattern("instagram.*.fna.fbcdn.net") == HostnamePattern(
        "fna.fbcdn.net", first_label="instagram"
    )


@pytest.mark.parametrize("text", ["facebook.com", "=t.co", "instagram.*.fna.fbcdn.net"])
def test_it_is_shown_as_it_is_written(text: str) -> None:
    assert str(parse_pattern(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "com",
        "https://blog.voorbeeldschool.nl/",
        "blog.voorbeeldschool.nl:443",
        "*.voorbeeldschool.nl",
        "foto*.voorbeeldschool.nl",
        "a.b.*.voorbeeldschool.nl",
        "foto.*.nl",
        "foto.*.*.voorbeeldschool.nl",
        "==t.co",
        "blog..nl",
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match=r"=blog\.voorbeeldschool\.nl"):
        parse_pattern(text)


def test_it_knows_what_it_is_under() -> None:
    assert list(parse_pattern("=a.b.nl").parent_names()) == ["a.b.nl", "b.nl", "nl"]
