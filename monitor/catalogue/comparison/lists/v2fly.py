"""Parses a file of v2fly's domain-list-community, or any list of one hostname a line.

A line is a rule, its attributes and a comment: `domain:voorbeeld.nl @ads # why`. The rules are
`domain:` (it and all under it, also where nothing is written), `full:` (it alone), `keyword:`,
`regexp:` and `include:`, which names another file of the same folder. Source: the README of
https://github.com/v2fly/domain-list-community (2026).
"""

from collections.abc import Iterator

from monitor.catalogue.comparison.lists.entry import (
    ListEntry,
    ListReading,
    numbered_lines,
    parse_hostname,
)
from schedules.language import gettext, gettext_lazy

COMPARED = ("domain", "full")
SKIPPED = ("keyword", "regexp")
INCLUDE = "include"
ADVERTISING = "@ads"
_A_RULE = gettext_lazy("domain:, full:, keyword:, regexp: or include:, with a hostname or a name")


def parse_v2fly(text: str, service: str, reading: ListReading) -> Iterator[ListEntry]:
    """Yield the hostnames of a list; the files that it includes are noted and not followed."""
    for number, line in numbered_lines(text, reading):
        rule, *attributes = line.partition("#")[0].split() or [""]
        kind, value = _kind_and_value(rule)
        name = parse_hostname(value) if kind in COMPARED else None
        if name:
            yield ListEntry(name, service, ADVERTISING in attributes)
        elif kind == INCLUDE and value:
            reading.includes.append(value)
        elif kind in SKIPPED or value.isalnum():  # or a whole top-level domain
            reading.skipped += 1
        elif rule:
            reading.mistakes.add(gettext("line {number}", number=number), line, str(_A_RULE))


def _kind_and_value(rule: str) -> tuple[str, str]:
    kind, colon, value = rule.partition(":")
    return (kind, value) if colon else (COMPARED[0], rule)
