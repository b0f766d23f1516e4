"""Which hostnames one entry of the catalogue means, and how that is written."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.catalogue.hostnames.spelling import normalise_hostname
from schedules.language import gettext_lazy

ALLOWED_PATTERNS = gettext_lazy(
    "a hostname such as blog.voorbeeldschool.nl (it and all under it), "
    "=blog.voorbeeldschool.nl (it alone) or foto.*.voorbeeldschool.nl "
    "(all under voorbeeldschool.nl that begin with foto.); no https://, port or path"
)


class HostnamePattern(NamedTuple):
    """A hostname and all under it; or that alone; or all under it with the same first label."""

    name: str
    is_exact: bool = False
    first_label: str = ""

    def __str__(self) -> str:
        if self.first_label:
            return f"{self.first_label}.*.{self.name}"
        return f"={self.name}" if self.is_exact else self.name

    def parent_names(self) -> Iterator[str]:
        """Yield its name, and every name that it is under."""
        name = self.name
        while name:
            yield name
            name = name.partition(".")[2]


def parse_pattern(text: str) -> HostnamePattern:
    """Parse a pattern.

    Raises:
        ValueError: says what may be written.
    """
    first_label, star, rest = text.partition(".*.")
    if star:
        return HostnamePattern(_parse_name(rest), first_label=_parse_first_label(first_label))
    if text.startswith("="):
        return HostnamePattern(_parse_name(text[1:]), is_exact=True)
    return HostnamePattern(_parse_name(text))


def _parse_name(text: str) -> str:
    name = normalise_hostname(text)
    if name is None or "." not in name:  # a whole top-level domain is never one platform's
        raise ValueError(str(ALLOWED_PATTERNS))
    return name


def _parse_first_label(text: str) -> str:
    label = normalise_hostname(text)
    if label is None or "." in label:
        raise ValueError(str(ALLOWED_PATTERNS))
    return label
