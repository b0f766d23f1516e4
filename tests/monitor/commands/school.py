"""A school on the command line: its configuration, and a store of its own."""

from datetime import date
from pathlib import Path

import click
from click.testing import CliRunner, Result

from schedules.lesson import Lesson, LessonStatus
from tests.schedules.cast import BAKKER, lesson

LESSONS = [
    lesson("dutch"),
    lesson("maths", "09:20", "10:10", period="2", teachers=(BAKKER,)),
    lesson("art", rooms=("B205",), groups=("v4b",), teachers=(BAKKER,)),
    lesson("choir", rooms=("B205",), groups=("v4b",)),
    lesson("gym", rooms=("hal",), status=LessonStatus.CANCELLED),
]
"""Of Tuesday: room B205 is booked twice, and in `hal` nothing is held."""
CONFIGURATION = """
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"

[identity]
unit = "address"
reused = false

[[layer]]
name = "havo 3"
pupils = 150
groups = ["h3*"]

[[layer]]
name = "vwo 3"
pupils = 60
groups = ["v3*"]

[[layer]]
name = "vwo 4"
pupils = 120
groups = ["v4*"]

[[place]]
room = "B204"
prefixes = ["10.2.4.0/24"]

[[place]]
room = "B205"
prefixes = ["10.2.5.0/24"]
"""
GROUPS = ("h3a", "h3b", "h3c", "h3d", "h3e", "v3a", "v3b", "v3c", "v4a", "v4b", "v4c")
"""Enough for a figure of each layer."""


class CommandRunner:
    """Runs commands as an administrator would, and keeps their files apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._configuration = folder / "lesrust.toml"
        self._configuration.write_text(CONFIGURATION)

    def file(self, name: str, text: str) -> str:
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return str(path)

    def add(self, text: str) -> None:
        """Add to the configuration."""
        self._configuration.write_text(f"{self._configuration.read_text()}\n{text}\n")

    def replace(self, old: str, new: str) -> None:
        """Change something in the configuration."""
        self._configuration.write_text(self._configuration.read_text().replace(old, new))

    def measure_all(self, day: date) -> list[Lesson]:
        """Give each group a room with a place and a size, and return a lesson for it on a day."""
        rooms = [f"C{number}" for number, _ in enumerate(GROUPS)]
        for number, room in enumerate(rooms):
            self.add(f'[[place]]\nroom = "{room}"\nprefixes = ["10.3.{number}.0/24"]')
        rows = (f"{group};28" for group in GROUPS)
        sizes = self.file("groepen.csv", "\n".join(["groep;aantal", *rows]))
        self.add(f'[groups]\nsizes = "{sizes}"')
        return [
            lesson(room, rooms=(room,), groups=(group,), day=day)
            for room, group in zip(rooms, GROUPS, strict=True)
        ]

    def run(self, command: click.Command, *words: str, typed: str | bytes = "") -> Result:
        options = ["--config", str(self._configuration)]
        return CliRunner().invoke(command, [*words, *options], input=typed, catch_exceptions=False)
