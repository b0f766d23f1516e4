"""Reads adblock-style filter text of hostnames, as AdGuard's DNS filters are written.

`||voorbeeld.nl^` is it and all under it, `|voorbeeld.nl^` it alone; after `$` come modifiers, `@@`
begins an exception, `!` and `#` a comment. Source: AdGuard's knowledge base, "DNS filtering rules
syntax" (2026).
"""

from collections.abc import Iterator

from monitor.catalogue.lists.entry import Entry, Reading, hostname, lines

COMMENTS = ("!", "#", "[")
_A_RULE = "a rule such as ||voorbeeld.nl^"


def read(text: str, about: str, reading: Reading) -> Iterator[Entry]:
    """Give the hostnames of the rules."""
    for number, line in lines(text, reading):
        if not line.startswith(COMMENTS):
            yield from rule(line, about, f"line {number}", reading)


def rule(line: str, about: str, where: str, reading: Reading) -> Iterator[Entry]:
    """Give the hostname of one rule, if it has one that can be compared."""
    written = line.partition("$")[0].rstrip("^").lstrip("|")
    if name := hostname(written):
        yield Entry(name, about)
    elif line.startswith(("@@", "/")) or "*" in line or written.isalnum():
        reading.passed_over += 1
    else:
        reading.mistakes.add(where, line, _A_RULE)
