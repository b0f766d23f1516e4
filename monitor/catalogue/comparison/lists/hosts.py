"""Parses a hosts file: on each line an address and the names that it is given (hosts(5))."""

from collections.abc import Iterator
from ipaddress import ip_address

from monitor.catalogue.comparison.lists.entry import (
    ListEntry,
    ListReading,
    numbered_lines,
    parse_hostname,
)
from schedules.language import gettext, gettext_lazy

_A_LINE = gettext_lazy("an address and hostnames, such as 0.0.0.0 voorbeeld.nl")


def parse_hosts_file(text: str, reading: ListReading) -> Iterator[ListEntry]:
    """Yield the hostnames of a hosts file, which are about no service."""
    for number, line in numbered_lines(text, reading):
        address, *names = line.partition("#")[0].split() or [""]
        if not address:
            continue
        if not is_address(address) or not names:
            reading.mistakes.add(gettext("line {number}", number=number), line, str(_A_LINE))
            continue
        for written in names:
            if name := parse_hostname(written):
                yield ListEntry(name)
            elif not written.isidentifier():  # `localhost` and the like are no mistakes
                reading.mistakes.add(
                    gettext("line {number}", number=number), written, gettext("a hostname")
                )


def is_address(text: str) -> bool:
    """Say whether a text is an IP address, perhaps with a zone (`fe80::1%lo0`)."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
