"""Recognises the format of a list by its content, whatever its file is called."""

from collections import Counter
from enum import Enum
from itertools import islice

from monitor.catalogue.comparison.lists import v2fly
from monitor.catalogue.comparison.lists.entry import parse_hostname
from monitor.catalogue.comparison.lists.hosts import is_address
from schedules.language import gettext_lazy

LINES_INSPECTED = 5_000
"""Lines that decide; lists begin with long comments."""


class ListFormat(Enum):
    """A format that can be parsed."""

    V2FLY = gettext_lazy("v2fly's domain-list-community")
    FILTER_RULES = gettext_lazy("filter rules (||voorbeeld.nl^)")
    SERVICE_REGISTRY = gettext_lazy("AdGuard's registry of services")
    HOSTS = gettext_lazy("a hosts file")


def recognise_format(text: str) -> ListFormat | None:
    """Return the format that most lines are in, None where no line is in any."""
    if text.lstrip()[:1] in {"{", "["} and not text.lstrip().startswith("[Adblock"):
        return ListFormat.SERVICE_REGISTRY
    votes = Counter(
        line_format
        for line in islice(text.splitlines(), LINES_INSPECTED)
        if (line_format := _format_of_line(line.strip())) is not None
    )
    return votes.most_common(1)[0][0] if votes else None


def _format_of_line(line: str) -> ListFormat | None:
    words = line[:500].partition("#")[0].split()
    if line.startswith(("|", "@@", "[Adblock")):
        return ListFormat.FILTER_RULES
    if not words or line.startswith("!"):
        return None
    if len(words) > 1 and is_address(words[0]):
        return ListFormat.HOSTS
    kind, colon, value = words[0].partition(":")
    rules = (*v2fly.COMPARED, *v2fly.SKIPPED, v2fly.INCLUDE)
    if (colon and kind in rules and value) or (not colon and parse_hostname(words[0])):
        return ListFormat.V2FLY
    return None
