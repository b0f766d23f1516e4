"""The tables of the catalogue's TOML files, with a problem for every key that is wrong.

Every command that recognises hostnames begins by reading these files. A validation library would
take longer to start than a capture of some hundred megabytes takes to read.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable

from monitor.catalogue.hostnames.pattern import HostnamePattern, parse_pattern
from schedules.language import gettext
from schedules.problem import Problem

type ValueParser[T] = Callable[[object], T]
"""Turns a value of TOML into one of ours; its ValueError says what may stand there."""

_MAX_SHOWN_LENGTH = 80
_MIN_SENTENCE_LENGTH = 4


class TomlTable:
    """One table of a file, whose keys are read one after the other.

    A key that is wrong or missing becomes a problem and gives an empty value, so that all problems
    are found at once. Where there are problems, the values are not to be used.
    """

    def __init__(
        self, content: Mapping[str, object], file: str, problems: list[Problem], inside: str = ""
    ) -> None:
        self._remaining = dict(content)
        self._file = file
        self._problems = problems
        self._inside = inside

    def value[T](self, key: str, parse: ValueParser[T], empty: T) -> T:
        """Return a value that is required."""
        if key not in self._remaining:
            self._wrong(key, gettext("nothing"), "something")
            return empty
        return self._made(key, self._remaining.pop(key), parse, empty)

    def values[T](self, key: str, parse: ValueParser[T], *, min_length: int = 0) -> tuple[T, ...]:
        """Return a list of at least some values; it may be absent where none are required."""
        return self._list(
            key, lambda place, value: self._made(place, value, parse, None), min_length
        )

    def tables[T](
        self, key: str, parse: "Callable[[TomlTable], T]", *, min_length: int = 0
    ) -> tuple[T, ...]:
        """Return a list of at least some tables inside this one."""
        return self._list(key, lambda place, value: self._inner(place, value, parse), min_length)

    def refuse_other_keys(self) -> None:
        """Make a problem of each key that was not read."""
        for key, value in self._remaining.items():
            self._wrong(key, value, gettext("no key of this name"))

    def _list[T](
        self, key: str, make: Callable[[str, object], T | None], min_length: int
    ) -> tuple[T, ...]:
        if key not in self._remaining and min_length:
            self._wrong(key, gettext("nothing"), gettext("a list"))
            return ()
        values = self._remaining.pop(key, [])
        if not isinstance(values, list) or len(values) < min_length:
            self._wrong(key, values, gettext("at least one") if values == [] else gettext("a list"))
            return ()
        made = (make(f"{key} {number}", value) for number, value in enumerate(values, start=1))
        return tuple(element for element in made if element is not None)

    def _made[T, E](self, place: str, value: object, parse: ValueParser[T], empty: E) -> T | E:
        try:
            return parse(value)
        except ValueError as wrong:
            self._wrong(place, value, str(wrong))
            return empty

    def _inner[T](self, place: str, value: object, parse: "Callable[[TomlTable], T]") -> T | None:
        if not isinstance(value, dict):
            self._wrong(place, value, gettext("a table"))
            return None
        table = TomlTable(value, self._file, self._problems, f"{self._inside}{place} ")
        made = parse(table)
        table.refuse_other_keys()
        return made

    def _wrong(self, place: str, found: object, allowed: str) -> None:
        shown = str(found)[:_MAX_SHOWN_LENGTH]
        self._problems.append(Problem(f"{self._file}, {self._inside}{place}", shown, allowed))


def load_toml_file[T](
    file: Traversable, parse: Callable[[TomlTable], T]
) -> tuple[T | None, list[Problem]]:
    """Read a file as one table; return None and its problems where something is wrong."""
    problems: list[Problem] = []
    try:
        table = TomlTable(tomllib.loads(file.read_text("utf-8")), file.name, problems)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        return None, [Problem(file.name, str(wrong), gettext("a file in TOML and UTF-8"))]
    made = parse(table)
    table.refuse_other_keys()
    return (None if problems else made), problems


def parse_text(value: object) -> str:
    """Return any text."""
    return _typed(str, value, "text")


def parse_sentence(value: object) -> str:
    """Return a text that says something."""
    if len(parse_text(value)) < _MIN_SENTENCE_LENGTH:
        raise ValueError(gettext("text of at least {count} characters", count=_MIN_SENTENCE_LENGTH))
    return parse_text(value)


def parse_flag(value: object) -> bool:
    """Return true or false."""
    return _typed(bool, value, gettext("true or false"))


def parse_date(value: object) -> date:
    """Return a date of TOML's own, without a time."""
    allowed = gettext("a date such as 2026-11-23, without quotes")
    return _typed(date, None if isinstance(value, datetime) else value, allowed)


def parse_hostnames(value: object) -> HostnamePattern:
    """Return the pattern of the hostnames that are meant."""
    return parse_pattern(value if isinstance(value, str) else "")


def choice_parser[T: str](choices: Collection[T]) -> ValueParser[T]:
    """Return a parser for one of these words."""
    by_word = {str(choice): choice for choice in choices}

    def parse(value: object) -> T:
        if not isinstance(value, str) or value not in by_word:
            raise ValueError(gettext("one of {names}", names=", ".join(by_word)))
        return by_word[value]

    return parse


def _typed[T](kind: type[T], value: object, allowed: str) -> T:
    if isinstance(value, kind):
        return value
    raise ValueError(allowed)
