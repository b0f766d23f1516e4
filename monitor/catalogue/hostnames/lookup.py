"""Looks a hostname up in a time that does not grow with the number of hostnames.

Names are kept in dictionaries and looked up from the whole name down to its last label, so the
most specific one wins and a match never begins in the middle of a label: `netflix.com` is not
`x.com`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final, Literal

from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.hostnames.spelling import fold_hostname, is_wellformed


class _Unknown(Enum):
    UNKNOWN = 0


UNKNOWN: Final = _Unknown.UNKNOWN
CACHE_SIZE = 4_096
"""Answers that are cached: a school asks for the same few thousand names all day."""
type Answer[Match] = Match | Literal[_Unknown.UNKNOWN] | None
"""A match; unknown; or None, where a name is known to belong to no platform that is on."""


@dataclass(slots=True)
class _Branch[Match]:
    answer: Answer[Match] = UNKNOWN
    by_first_label: dict[str, Match | None] = field(default_factory=dict)


class HostnameLookup[Match]:
    """Matches by pattern, such as the hostnames of all platforms, ready to be looked up."""

    __slots__ = ("_branches", "_exact", "_roots", "find")

    def __init__(self, answers: Mapping[HostnamePattern, Match | None]) -> None:
        self._exact = {
            pattern.name: answer for pattern, answer in answers.items() if pattern.is_exact
        }
        self._branches = _branches(
            (pattern, answer) for pattern, answer in answers.items() if not pattern.is_exact
        )
        self._roots = frozenset(_root(pattern.name) for pattern in answers)
        self.find: Callable[[str], Match | None] = lru_cache(CACHE_SIZE)(self._find)
        """Returns the match of the most specific pattern for a hostname, or None."""

    def _find(self, hostname: str) -> Match | None:
        name = fold_hostname(hostname)
        if name is None or _root(name) not in self._roots:
            return None
        answer: Answer[Match] = self._exact.get(name, UNKNOWN)
        if answer is UNKNOWN:
            answer = self._walk(name)
        return answer if answer is not None and is_wellformed(name) else None

    def _walk(self, name: str) -> Match | None:
        rest = name
        while rest:
            branch = self._branches.get(rest)
            if branch is not None:
                answer = branch.answer
                if branch.by_first_label and rest is not name:
                    answer = branch.by_first_label.get(name.partition(".")[0], answer)
                if answer is not UNKNOWN:
                    return answer
            rest = rest.partition(".")[2]
        return None


def _root(name: str) -> str:
    """Return the last two labels, which show of most names that they are no platform's."""
    return name[name.rfind(".", 0, name.rfind(".")) + 1 :]


def _branches[Match](
    answers: Iterable[tuple[HostnamePattern, Match | None]],
) -> dict[str, _Branch[Match]]:
    branches: dict[str, _Branch[Match]] = {}
    for pattern, answer in answers:
        branch = branches.setdefault(pattern.name, _Branch())
        if pattern.first_label:
            branch.by_first_label[pattern.first_label] = answer
        else:
            branch.answer = answer
    return branches
