"""Parses adblock-style filter rules of hostnames, as AdGuard's DNS filters are written.

`||voorbeeld.nl^` is it and all under it, `|voorbeeld.nl^` it alone; after `$` come modifiers, `@@`
begins an exception, `!` and `#` a comment. Source: AdGuard's knowledge base, "DNS filtering rules
syntax" (2026).
"""

from collections.abc import Iterator

from monitor.catalogue.comparison.lists.entry import (
    ListEntry,
    ListReading,
    numbered_lines,
    parse_hostname,
)
from schedules.language import gettext_lazy

COMMENTS = ("!", "#", "[")
_A_RULE = gettext_lazy("a rule such as ||voorbeeld.nl^")


def parse_filter_rules(text: str, service: str, reading: ListReading) -> Iterator[ListEntry]:
    """Yield the hostnames of the rules."""
    for number, line in numbered_lines(text, reading):
        if not line.startswith(COMMENTS):
            yield from parse_rule(line, service, f"line {number}", reading)


def parse_rule(line: str, service: str, where: str, reading: ListReading) -> Iterator[ListEntry]:
    """Yield the hostname of one rule, if it has one that can be compared."""
    written = line.partition("$")[0].rstrip("^").lstrip("|")
    if name := parse_hostname(written):
        yield ListEntry(name, service)
    elif line.startswith(("@@", "/")) or "*" in line or written.isalnum():
        reading.skipped += 1
    else:
        reading.mistakes.add(where, line, str(_A_RULE))
