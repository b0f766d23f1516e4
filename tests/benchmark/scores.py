"""How good a reading of captures is, against what is known of them."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.benchmark.readers import Read, Recognised
from tests.benchmark.truth import Expected

_OF_DNS = "dns"
_BY_ADDRESS = "address"


class Share(NamedTuple):
    """Some of how many."""

    some: int
    of: int

    def __str__(self) -> str:
        return f"{self.some:,} of {self.of:,}"

    @property
    def value(self) -> float:
        """From 0 to 1; nothing of nothing is all."""
        return self.some / self.of if self.of else 1.0

    @property
    def percent(self) -> str:
        """As people write it; nothing of nothing is a dash."""
        return f"{100 * self.value:.1f} %" if self.of else "–"


def names(recognised: Recognised) -> dict[str, set[str]]:
    """Give the names of connections that were read, by capture."""
    return {
        capture: {read.hostname for read in reads if _is_named(read)}
        for capture, reads in recognised.items()
    }


def answered(recognised: Recognised) -> dict[str, set[str]]:
    """Give the names that DNS answered, by capture."""
    return {
        capture: {read.hostname for read in reads if read.evidence == _OF_DNS}
        for capture, reads in recognised.items()
    }


def _is_named(read: Read) -> bool:
    return bool(read.hostname) and read.evidence not in (_OF_DNS, _BY_ADDRESS)


def read_of(
    expected: Iterable[Expected],
    read: dict[str, set[str]],
    grouped: Callable[[Expected], str],
) -> dict[str, Share]:
    """Give the share of names that was read, by group; a name counts once a capture."""
    groups: dict[str, set[tuple[str, str]]] = {}
    for connection in expected:
        groups.setdefault(grouped(connection), set()).add((connection.capture, connection.hostname))
    return {
        group: Share(sum(name in read.get(capture, ()) for capture, name in keys), len(keys))
        for group, keys in groups.items()
    }


def missed(expected: Iterable[Expected], read: dict[str, set[str]]) -> list[Expected]:
    """Give the connections whose name was not read, one for each name."""
    firsts: dict[tuple[str, str], Expected] = {}
    for connection in expected:
        if connection.hostname not in read.get(connection.capture, ()):
            firsts.setdefault((connection.capture, connection.hostname), connection)
    return list(firsts.values())


def invented(recognised: Recognised, known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the names that nobody else read, by capture."""
    read = {
        (capture, name) for capture, hostnames in names(recognised).items() for name in hostnames
    }
    return sorted(read - known)


def counted(expected: Iterable[Expected], recognised: Recognised) -> Share:
    """Give how many connections were counted that the truth has, by capture and name."""
    wanted = Counter((connection.capture, connection.hostname) for connection in expected)
    ours = Counter[tuple[str, str]]()
    for capture, reads in recognised.items():
        for read, connections in reads.items():
            if _is_named(read):
                ours[capture, read.hostname] += connections
    return Share(sum(min(ours[key], count) for key, count in wanted.items()), wanted.total())


class Score(NamedTuple):
    """How well a platform is told."""

    precision: Share
    recall: Share
    roles: Share


type Judge = Callable[[Expected], Read | None]
"""Gives what a reader takes a connection for."""


def by_name(recognised: Recognised) -> Judge:
    """Judge as Lesrust does, by the connection's name."""
    taken = {
        (capture, read.hostname): read
        for capture, reads in recognised.items()
        for read in reads
        if _is_named(read)
    }
    return lambda each: taken.get((each.capture, each.hostname))


def platforms(expected: Iterable[Expected], judge: Judge) -> dict[str, Score]:
    """Score every platform over the connections that have a name."""
    there, taken, right, in_role = (Counter[str]() for _ in range(4))
    for connection in expected:
        read = judge(connection)
        if connection.platform:
            there[connection.platform] += 1
        if read and read.platform:
            taken[read.platform] += 1
            if read.platform == connection.platform:
                right[connection.platform] += 1
                in_role[connection.platform] += read.role == connection.role
    return {
        name: Score(
            Share(right[name], taken[name]),
            Share(right[name], there[name]),
            Share(in_role[name], right[name]),
        )
        for name in sorted({*there, *taken})
    }


def roles(expected: Iterable[Expected], judge: Judge) -> dict[str, Score]:
    """Score every role over the connections to platforms."""
    there, taken, right = (Counter[str]() for _ in range(3))
    for connection in expected:
        read = judge(connection)
        if connection.role:
            there[connection.role] += 1
        if read and read.platform and read.role:
            taken[read.role] += 1
            right[read.role] += (read.platform, read.role) == (connection.platform, connection.role)
    return {
        name: Score(Share(right[name], taken[name]), Share(right[name], there[name]), Share(0, 0))
        for name in sorted({*there, *taken})
    }


def lookalikes(expected: Iterable[Expected], judge: Judge) -> list[Expected]:
    """Give the lookalikes that were taken for a platform."""
    return [
        connection
        for connection in expected
        if connection.lookalike and (read := judge(connection)) and read.platform
    ]


def by_address(recognised: Recognised, expected: dict[tuple[str, str], int]) -> Share:
    """Give how many nameless connections DNS's answers named, by capture and platform."""
    ours = Counter[tuple[str, str]]()
    for capture, reads in recognised.items():
        for read, connections in reads.items():
            if read.evidence == _BY_ADDRESS and read.platform:
                ours[capture, read.platform] += connections
    found = sum(min(ours[key], count) for key, count in expected.items())
    return Share(found, sum(expected.values()))
