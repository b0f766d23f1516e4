"""Reads the tables of the catalogue's files, and names every key that is wrong.

Every command that recognises begins by reading these files, and a library that checks any shape
takes longer to start than a capture of some hundred megabytes takes to read.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable

from monitor.catalogue.pattern import Pattern, parse
from schedules.problem import Problem

type Read[T] = Callable[[object], T]
"""Makes of a value what it is to be; a ValueError says what may stand there."""

_LONGEST_SHOWN = 80
_SHORTEST_SENTENCE = 4


class Table:
    """One table of a file, whose keys are taken one after the other.

    A key that is wrong or missing becomes a problem, and gives something empty, so that all that is
    wrong is found at once: where there are problems, what was read is worth nothing.
    """

    def __init__(
        self, content: Mapping[str, object], file: str, problems: list[Problem], inside: str = ""
    ) -> None:
        self._left = dict(content)
        self._file = file
        self._problems = problems
        self._inside = inside

    def take[T](self, key: str, read: Read[T], empty: T) -> T:
        """Take a value, which has to be there."""
        if key not in self._left:
            self._wrong(key, "nothing", "something")
            return empty
        return self._made(key, self._left.pop(key), read, empty)

    def take_all[T](self, key: str, read: Read[T], *, least: int = 0) -> tuple[T, ...]:
        """Take a list; one of which none are needed may be missing."""
        return self._each(key, lambda place, value: self._made(place, value, read, None), least)

    def tables[T](self, key: str, read: "Callable[[Table], T]", *, least: int = 0) -> tuple[T, ...]:
        """Take tables inside this one."""
        return self._each(key, lambda place, value: self._inner(place, value, read), least)

    def end(self) -> None:
        """Say that every key that may be there was taken."""
        for key, value in self._left.items():
            self._wrong(key, value, "no key of this name")

    def _each[T](
        self, key: str, make: Callable[[str, object], T | None], least: int
    ) -> tuple[T, ...]:
        if key not in self._left and least:
            self._wrong(key, "nothing", "a list")
            return ()
        values = self._left.pop(key, [])
        if not isinstance(values, list) or len(values) < least:
            self._wrong(key, values, "at least one" if values == [] else "a list")
            return ()
        made = (make(f"{key} {number}", value) for number, value in enumerate(values, start=1))
        return tuple(each for each in made if each is not None)

    def _made[T, E](self, place: str, value: object, read: Read[T], empty: E) -> T | E:
        try:
            return read(value)
        except ValueError as wrong:
            self._wrong(place, value, str(wrong))
            return empty

    def _inner[T](self, place: str, value: object, read: "Callable[[Table], T]") -> T | None:
        if not isinstance(value, dict):
            self._wrong(place, value, "a table")
            return None
        table = Table(value, self._file, self._problems, f"{self._inside}{place} ")
        made = read(table)
        table.end()
        return made

    def _wrong(self, place: str, found: object, allowed: str) -> None:
        shown = str(found)[:_LONGEST_SHOWN]
        self._problems.append(Problem(f"{self._file}, {self._inside}{place}", shown, allowed))


def read_file[T](file: Traversable, read: Callable[[Table], T]) -> tuple[T | None, list[Problem]]:
    """Read a file as one table; None where something is wrong with it."""
    problems: list[Problem] = []
    try:
        table = Table(tomllib.loads(file.read_text("utf-8")), file.name, problems)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        return None, [Problem(file.name, str(wrong), "a file in TOML and UTF-8")]
    made = read(table)
    table.end()
    return (None if problems else made), problems


def text(value: object) -> str:
    """Read what may say anything."""
    return _as(str, value, "text")


def sentence(value: object) -> str:
    """Read what has to say something."""
    if len(text(value)) < _SHORTEST_SENTENCE:
        raise ValueError(f"text of at least {_SHORTEST_SENTENCE} characters")
    return text(value)


def flag(value: object) -> bool:
    """Read true or false."""
    return _as(bool, value, "true or false")


def day(value: object) -> date:
    """Read a date of TOML's own, without a time."""
    allowed = "a date such as 2026-11-23, without quotes"
    return _as(date, None if isinstance(value, datetime) else value, allowed)


def pattern(value: object) -> Pattern:
    """Read which hostnames are meant."""
    return parse(value if isinstance(value, str) else "")


def one_of[T: str](choices: Collection[T]) -> Read[T]:
    """Give what reads one of these words."""
    by_word = {str(choice): choice for choice in choices}

    def read(value: object) -> T:
        if not isinstance(value, str) or value not in by_word:
            raise ValueError(f"one of {', '.join(by_word)}")
        return by_word[value]

    return read


def _as[T](kind: type[T], value: object, allowed: str) -> T:
    if isinstance(value, kind):
        return value
    raise ValueError(allowed)
