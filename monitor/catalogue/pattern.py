"""Which hostnames one line of the catalogue speaks of, and how it is written."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.catalogue.hostname import normalise

ALLOWED = (
    "a hostname such as blog.voorbeeldschool.nl (it and all under it), "
    "=blog.voorbeeldschool.nl (it alone) or foto.*.voorbeeldschool.nl "
    "(all under voorbeeldschool.nl that begin with foto.); no https://, port or path"
)


class Pattern(NamedTuple):
    """A hostname with all under it; or it alone; or those under it with one first label."""

    name: str
    alone: bool = False
    first_label: str = ""

    def __str__(self) -> str:
        if self.first_label:
            return f"{self.first_label}.*.{self.name}"
        return f"={self.name}" if self.alone else self.name

    def lineage(self) -> Iterator[str]:
        """Its name, and every name that it is under."""
        name = self.name
        while name:
            yield name
            name = name.partition(".")[2]


def parse(text: str) -> Pattern:
    """Read a pattern as it is written; a ValueError says what may be written."""
    first_label, star, rest = text.partition(".*.")
    if star:
        return Pattern(_name(rest), first_label=_first_label(first_label))
    if text.startswith("="):
        return Pattern(_name(text[1:]), alone=True)
    return Pattern(_name(text))


def _name(text: str) -> str:
    name = normalise(text)
    if name is None or "." not in name:  # a whole top-level domain is never one platform's
        raise ValueError(ALLOWED)
    return name


def _first_label(text: str) -> str:
    label = normalise(text)
    if label is None or "." in label:
        raise ValueError(ALLOWED)
    return label
