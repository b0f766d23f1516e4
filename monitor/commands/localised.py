"""Commands of which the help, the usage and the errors speak the reader's language.

Here a process chooses its language: before anything of the command is read, so that an option
which does not exist is refused in it too. What a command says of itself stands in English where it
is declared. When it runs, a copy takes its place that has the words of the language.
"""

import inspect
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from itertools import pairwise, takewhile
from typing import Any, Self

import click

from monitor.commands.click_words import click_speaking
from schedules.language import Language, gettext, gettext_lazy, speaking

LANGUAGE_OPTION = "--lang"
LANGUAGE_VARIABLE = "LESRUST_LANG"
VERBATIM = "\b\n"
"""What a paragraph begins with whose lines click leaves as they are."""
_TYPES = {
    message.text: message
    for message in (
        gettext_lazy("text"),
        gettext_lazy("integer"),
        gettext_lazy("integer range"),
        gettext_lazy("filename"),
        gettext_lazy("file"),
        gettext_lazy("directory"),
        gettext_lazy("path"),
    )
}
"""What click calls the types of values, in help and when a value is none."""
_OPTIONS = gettext_lazy("[OPTIONS]")
_SUBCOMMAND = gettext_lazy("COMMAND [ARGS]...")


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text as they are translated: without their breaks of lines."""
    for paragraph in inspect.cleandoc(text).partition("\f")[0].split("\n\n"):
        if paragraph.startswith(VERBATIM):
            yield paragraph.removeprefix(VERBATIM).rstrip()
        elif paragraph.strip():
            yield " ".join(paragraph.split())


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Choose what a command speaks: as asked, wherever the option stands, or else Dutch.

    A language that is not ours is passed over here: its option refuses it.
    """
    asked = [environment.get(LANGUAGE_VARIABLE, "")]
    for word, next_word in pairwise([*takewhile(lambda word: word != "--", arguments), ""]):
        name, is_joined, value = word.partition("=")
        if name == LANGUAGE_OPTION:
            asked.append(value if is_joined else next_word)
    known = [Language(value) for value in asked if value in Language]
    return known[-1] if known else Language.DUTCH


class LocalisedCommand(click.Command):
    """A command that speaks the reader's language, and takes the option that says which."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        language = click.Option(
            [LANGUAGE_OPTION],
            type=click.Choice([*map(str, Language)]),
            default=Language.DUTCH.value,
            show_default=True,
            envvar=LANGUAGE_VARIABLE,
            expose_value=False,
            help="The language of what is said.",
        )
        self.params = [*self.params, language]

    def main(self, args: Sequence[str] | None = None, *rest: Any, **settings: Any) -> Any:
        """Run the command in the language that it is asked to speak."""
        language = choose_language(sys.argv[1:] if args is None else args, os.environ)
        with speaking(language), click_speaking(language):
            return super().main(args, *rest, **settings)

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        """Read the arguments, for a copy that speaks the active language."""
        return super(LocalisedCommand, self.localise()).make_context(*args, **settings)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Say in one line what the command does."""
        localised = copy(self)
        localised.help = _localise_text(self.help)
        return super(LocalisedCommand, localised).get_short_help_str(limit)

    def localise(self) -> Self:
        """Return a copy that says in the active language what this one says in English."""
        localised = copy(self)
        localised.help = _localise_text(self.help)
        localised.epilog = _localise_text(self.epilog)
        localised.options_metavar = str(_OPTIONS)
        localised.params = [_localise_parameter(parameter) for parameter in self.params]
        return localised


class LocalisedGroup(LocalisedCommand, click.Group):
    """A group that speaks the reader's language, as its commands do."""

    command_class = LocalisedCommand

    def localise(self) -> Self:
        """Return a copy that says in the active language what this one says in English."""
        localised = super().localise()
        localised.subcommand_metavar = str(_SUBCOMMAND)
        return localised


def _localise_text(text: str | None) -> str | None:
    return text and "\n\n".join(_localise_paragraphs(text))


def _localise_paragraphs(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        localised = gettext(paragraph)
        yield f"{VERBATIM}{localised}" if "\n" in paragraph else localised


def _localise_parameter(parameter: click.Parameter) -> click.Parameter:
    localised = copy(parameter)
    localised.metavar = parameter.metavar and gettext(parameter.metavar)
    localised.type = _localise_type(parameter.type)
    if isinstance(localised, click.Option):
        localised.help = localised.help and gettext(localised.help)
        localised.prompt = localised.prompt and gettext(localised.prompt)
        if isinstance(localised.show_default, str):
            localised.show_default = gettext(localised.show_default)
    return localised


def _localise_type(of_value: "click.ParamType[Any]") -> "click.ParamType[Any]":
    if of_value.name not in _TYPES:
        return of_value
    localised = copy(of_value)
    localised.name = str(_TYPES[of_value.name])
    return localised
