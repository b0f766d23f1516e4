"""All that Lesrust says has its Dutch, and the Dutch in the files is what is looked up."""

from collections import defaultdict

import pytest
from babel.messages.catalog import Catalog

from tests import words

SPEAKING = [package for package in words.CATALOGUES if len(words.gathered(package))]


def ids(catalogue: Catalog) -> set[tuple[str, str | None]]:
    return {(str(message.id), message.context) for message in catalogue if message.id}


@pytest.mark.parametrize("package", SPEAKING)
def test_what_a_package_says_is_what_is_translated(package: str) -> None:
    assert ids(words.gathered(package)) == ids(words.translated(package))


@pytest.mark.parametrize("package", SPEAKING)
def test_all_of_it_has_a_dutch_of_its_own(package: str) -> None:
    assert list(words.wrong(words.translated(package))) == []


@pytest.mark.parametrize("package", SPEAKING)
def test_what_is_compiled_is_what_is_written(package: str) -> None:
    written, compiled = words.translated(package), words.compiled(package)
    for message in written:
        if message.id:
            found = compiled.get(message.id, message.context)
            assert found is not None
            assert list(found.string or ()) == list(message.string or ())


def test_the_same_english_has_the_same_dutch_everywhere() -> None:
    dutch: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for package in SPEAKING:
        for message in words.translated(package):
            if message.id:
                dutch[str(message.id), message.context].add(str(message.string))
    assert {
        english: translations for english, translations in dutch.items() if len(translations) > 1
    } == {}


@pytest.mark.parametrize(
    ("english", "dutch", "said"),
    [
        ("Nothing is amiss.", "", "no Dutch for"),
        ("Nothing is amiss.", "Nothing is amiss.", "the Dutch is the English"),
        ("{count} rooms", "aantal lokalen: {number}", "another thing is filled in"),
        ("of %(what)s", "van iets", "another thing is filled in"),
        (("{count} room", "{count} rooms"), ("{count} lokaal", ""), "no Dutch for"),
        (("{what} of {count}", "{count}"), ("{what}", "zoveel"), "another thing is filled in"),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(
    english: str | tuple[str, str], dutch: str | tuple[str, str], said: str
) -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add(english, dutch)
    (what,) = words.wrong(catalogue)
    assert what.startswith(said)


def test_a_guess_is_no_translation() -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add("Nothing is amiss.", "Er is niets op aan te merken.", flags=["fuzzy"])
    assert list(words.wrong(catalogue)) == ["no Dutch for 'Nothing is amiss.'"]


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        (("one room", "{count} rooms"), ("één lokaal", "{count} lokalen")),
        ("Platform", "Platform"),
        ("{first}–{last}", "{first}–{last}"),
    ],
)
def test_what_is_right_is_left_alone(
    english: str | tuple[str, str], dutch: str | tuple[str, str]
) -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add(english, dutch)
    assert list(words.wrong(catalogue)) == []


def test_what_a_command_says_of_itself_is_gathered_as_it_is_looked_up() -> None:
    source = '''
import click

EXAMPLES = """\\b
Examples:
  lesrust check
"""

@click.command(epilog=EXAMPLES)
@click.option("--day", metavar="DAY", show_default="today", help="Only this "
              "day.")
@click.option("--all", is_flag=True, show_default=True)
def check(day):
    """Say what is missing,
    and what to do.

    The exit code is 0.
    """
    return day.replace("a", help="not said")
'''
    assert {*words.declared(source)} == {
        "Say what is missing, and what to do.",
        "The exit code is 0.",
        "Examples:\n  lesrust check",
        "DAY",
        "today",
        "Only this day.",
    }
