"""Commands speak the reader's language in their help, usage and refusals too."""

import gettext
import os
from collections.abc import Iterator
from importlib.metadata import entry_points

import click
import pytest
from click.testing import CliRunner

from monitor.commands.cli import main
from monitor.commands.localised import (
    LocalisedCommand,
    LocalisedGroup,
    choose_language,
    paragraphs,
)
from schedules.language import Language, active, override
from tests.words import SAME_IN_BOTH

DUTCH, ENGLISH = Language.DUTCH, Language.ENGLISH


def announced(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and those below it, by what is typed for them."""
    yield name, command
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from announced(f"{name} {below.name}", below)


COMMANDS = dict(
    entry
    for point in entry_points(group="lesrust.commands")
    for entry in announced(point.name, point.load())
)

GROUPS = [name for name, command in COMMANDS.items() if isinstance(command, click.Group)]


def said(command: LocalisedCommand) -> Iterator[str]:
    """Yield all that a command says of itself in the active language."""
    localised = command.localise()
    yield from paragraphs(localised.help or "")
    yield from paragraphs(localised.epilog or "")
    for parameter in localised.params:
        words = [parameter.metavar]
        if isinstance(parameter, click.Option):
            words += [parameter.help, parameter.prompt]
            if isinstance(parameter.show_default, str):
                words.append(parameter.show_default)
        yield from (word for word in words if word)


def run(*arguments: str, typed: str = "") -> str:
    return CliRunner().invoke(main, arguments, input=typed).output


def test_the_commands_below_others_are_found() -> None:
    assert {"check", "exempt grant", "timetable import", "user second-factor-off"} <= {*COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_announced_command_is_localised(name: str) -> None:
    command = COMMANDS[name]
    assert isinstance(command, LocalisedCommand)
    assert isinstance(command, LocalisedGroup) == isinstance(command, click.Group)


@pytest.mark.parametrize("name", COMMANDS)
def test_all_that_a_command_says_of_itself_is_said_in_both_languages(name: str) -> None:
    command = COMMANDS[name]
    assert isinstance(command, LocalisedCommand)
    with override(ENGLISH):
        english = [*said(command)]
    with override(DUTCH):
        dutch = [*said(command)]
    same = {text for text, other in zip(english, dutch, strict=True) if text == other}
    assert same <= SAME_IN_BOTH


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.usefixtures("commands_in_dutch")
def test_help_is_dutch_where_nobody_says_which_language(name: str) -> None:
    output = run(*name.split(), "--help")
    assert output.startswith("Gebruik: ")
    assert "\nOpties:\n" in output
    assert "Toon deze uitleg en stop." in output
    assert not {"Usage:", "Options:", "[OPTIONS]", "default:"} & {*output.split()}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["", *GROUPS])
def test_a_list_of_commands_says_whole_sentences_at_80_columns(
    name: str, language: Language
) -> None:
    _, *lines = run(*name.split(), "--help", "--lang", language).splitlines()
    assert [line for line in lines if line.endswith("...")] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "en", "exempt", "grant", "--help"),
        ("exempt", "--lang", "en", "grant", "--help"),
        ("exempt", "grant", "--lang", "en", "--help"),
        ("exempt", "grant", "--help", "--lang", "en"),
        ("exempt", "grant", "--help", "--lang=en"),
    ],
)
@pytest.mark.usefixtures("commands_in_dutch")
def test_help_is_english_when_asked_wherever_the_option_stands(arguments: tuple[str, ...]) -> None:
    output = run(*arguments)
    assert output.startswith("Usage: main exempt grant [OPTIONS]\n")
    assert "Who allows it in a lesson of her own." in output
    assert "Show this message and exit." in output


def test_help_of_the_same_command_follows_the_language_of_each_time() -> None:
    assert "Toon deze uitleg en stop." in run("check", "--help", "--lang", "nl")
    assert "Show this message and exit." in run("check", "--help", "--lang", "en")


@pytest.mark.usefixtures("commands_in_dutch")
def test_the_terminals_locale_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(variable, "en_GB.UTF-8")
    assert run("check", "--help").startswith("Gebruik: ")


@pytest.mark.parametrize(
    ("arguments", "dutch", "english"),
    [
        (("recognise", "--nope"), "De optie '--nope' bestaat niet.", "No such option '--nope'."),
        (("recogniss",), "De opdracht 'recogniss' bestaat niet.", "No such command 'recogniss'."),
        (("recognise",), "Er ontbreekt een argument: 'BESTAND…'.", "Missing argument 'FILE…'."),
        (
            ("figures", "--beside", "nowhere.csv"),
            "Ongeldige waarde voor '--beside': Bestand 'nowhere.csv' bestaat niet.",
            "Invalid value for '--beside': File 'nowhere.csv' does not exist.",
        ),
        (("demo", "--seed", "x"), "'x' is geen getal.", "'x' is not a valid integer."),
        (("--lang", "fr"), "'fr' is geen van 'nl', 'en'.", "'fr' is not one of 'nl', 'en'."),
    ],
)
def test_what_is_typed_wrong_is_refused_in_the_readers_language(
    arguments: tuple[str, ...], dutch: str, english: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert english in run(*arguments)
    monkeypatch.delenv("LESRUST_LANG")
    assert dutch in run(*arguments)
    assert "Uitleg geeft 'main" in run(*arguments)


@pytest.mark.usefixtures("commands_in_dutch")
def test_a_question_is_asked_in_dutch() -> None:
    output = run("user", "remove", "jansen", typed="n\n")
    assert output.startswith("Dit account weghalen?")
    assert output.endswith("Afgebroken!\n")


@pytest.mark.usefixtures("commands_in_dutch")
def test_a_command_speaks_likewise_when_it_is_run_by_itself() -> None:
    assert CliRunner().invoke(COMMANDS["check"], ["--help"]).output.startswith("Gebruik: check")


@pytest.mark.usefixtures("commands_in_dutch")
def test_afterwards_the_process_is_as_it_was() -> None:
    before = (gettext.textdomain(), os.environ.get("LANGUAGE"), active())
    run("check", "--help")
    assert (gettext.textdomain(), os.environ.get("LANGUAGE"), active()) == before


@pytest.mark.usefixtures("commands_in_dutch")
def test_the_lines_of_an_example_stay_as_they_are() -> None:
    output = run("exempt", "grant", "--help")
    assert "\n  Voorbeelden:\n    lesrust exempt grant --teacher vda --room B204 --" in output


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ([], None, DUTCH),
        ([], "en", ENGLISH),
        ([], "", DUTCH),
        (["check", "--lang", "nl"], "en", DUTCH),
        (["check", "--lang=en"], None, ENGLISH),
        (["--lang", "nl", "check", "--lang", "en"], None, ENGLISH),
        (["check", "--lang", "fr"], "en", ENGLISH),
        (["check", "--lang"], None, DUTCH),
        (["recognise", "--", "--lang", "en"], None, DUTCH),
    ],
)
def test_the_language_is_that_of_the_option_or_else_of_the_environment(
    arguments: list[str], variable: str | None, language: Language
) -> None:
    environment = {} if variable is None else {"LESRUST_LANG": variable}
    assert choose_language(arguments, environment) is language


def test_a_paragraph_is_looked_up_without_its_breaks_of_lines() -> None:
    text = """Say what is missing,
    and what to do.

    \b
    Examples:
      lesrust check

    The end.
    \fFor developers.
    """
    assert [*paragraphs(text)] == [
        "Say what is missing, and what to do.",
        "Examples:\n  lesrust check",
        "The end.",
    ]


def test_what_says_nothing_has_no_paragraph() -> None:
    assert [*paragraphs("")] == []
