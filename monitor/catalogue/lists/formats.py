"""Recognises a list's format by its content, whatever its file is called."""

from collections import Counter
from enum import Enum
from itertools import islice

from monitor.catalogue.lists import v2fly
from monitor.catalogue.lists.entry import hostname
from monitor.catalogue.lists.hosts import is_address

LOOKED_AT = 5_000
"""Lines that decide; lists begin with long comments."""


class Format(Enum):
    """A format that can be read."""

    V2FLY = "v2fly's domain-list-community"
    FILTER_RULES = "filter rules (||voorbeeld.nl^)"
    SERVICE_REGISTRY = "AdGuard's registry of services"
    HOSTS = "a hosts file"


def recognise(text: str) -> Format | None:
    """Return the format that most lines are in, None where no line is in any."""
    if text.lstrip()[:1] in {"{", "["} and not text.lstrip().startswith("[Adblock"):
        return Format.SERVICE_REGISTRY
    votes = Counter(
        found
        for line in islice(text.splitlines(), LOOKED_AT)
        if (found := _of_line(line.strip())) is not None
    )
    return votes.most_common(1)[0][0] if votes else None


def _of_line(line: str) -> Format | None:
    words = line[:500].partition("#")[0].split()
    if line.startswith(("|", "@@", "[Adblock")):
        return Format.FILTER_RULES
    if not words or line.startswith("!"):
        return None
    if len(words) > 1 and is_address(words[0]):
        return Format.HOSTS
    kind, colon, value = words[0].partition(":")
    rules = (*v2fly.COMPARED, *v2fly.PASSED_OVER, v2fly.INCLUDE)
    if (colon and kind in rules and value) or (not colon and hostname(words[0])):
        return Format.V2FLY
    return None
