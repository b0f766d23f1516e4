"""Compares what `forward` says of pupils' connections with what `output` says once steered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from monitor.steering.condition import (
    ADDRESS_BITS,
    MAX_PORT,
    InterfaceCondition,
    InterfaceField,
    NewConnection,
    NumberCondition,
    NumberField,
)
from monitor.steering.routes import RouteTable
from monitor.steering.ruleset import RuleChain, Ruleset, take_fingerprint
from monitor.steering.value_set import ValueSet, find_representatives
from monitor.steering.verdicts import Decision, IncomparableRule, decide

AFTER_STEERING = -100
"""Priority of the chain that steers: what comes before it sees a connection as it was made."""
MAX_COMPARED = 1_000_000
"""Connections that are thought up; more would keep the router busy."""
_ANY_OTHER = "any other"
"""Stands for an interface that no rule names."""
type Routes = Mapping[int, RouteTable]
"""By version of the Internet Protocol."""


class DifferenceKind(StrEnum):
    """In what `forward` and `output` differ."""

    REACHED = "reached"
    """What is forbidden would be reached."""
    STOPPED = "stopped"
    """What is allowed would be stopped."""


class Difference(NamedTuple):
    """A rule of `forward` that `output` does not follow, and the rule there that decides."""

    kind: DifferenceKind
    forward: str
    output: str


class TooManyRules(Exception):
    """There are more ways for a connection to go than can be compared."""


@dataclass(frozen=True, slots=True)
class RuleComparison:
    """In what the rules differ, and what could not be compared."""

    differences: frozenset[Difference]
    incomparable: frozenset[IncomparableRule]


def compare_rules(school: Ruleset, steering: Ruleset, user: int, routes: Routes) -> RuleComparison:
    """Compare the ways of every connection that would be steered.

    Args:
        school: the rules of the machine, without the table that steers.
        steering: the table that steers.
        user: whose connections the gateway's are.
        routes: by which interface a destination is reached; what is not reached is not compared.

    Raises:
        TooManyRules: when there are too many ways.
    """
    everything = school.joined(steering)
    forward = list(_forward_chains(school))
    output = list(_output_chains(everything))
    differences: set[Difference] = set()
    incomparable = set(_find_bridging(school))
    for version, table in routes.items():
        for passing in _steered(everything, steering, version, table):
            before = decide(everything, forward, passing)
            after = _decide_output(everything, output, passing, user)
            incomparable |= before.incomparable | after.incomparable
            if before.is_accepted is not after.is_accepted:
                kind = DifferenceKind.STOPPED if before.is_accepted else DifferenceKind.REACHED
                differences.add(Difference(kind, before.by, after.by))
    return RuleComparison(frozenset(differences), frozenset(incomparable))


def _find_bridging(school: Ruleset) -> Iterator[IncomparableRule]:
    """Find chains that see frames on their way through a bridge: what is steered leaves it there.

    Which frames those are, and of whom, is not known here.
    """
    for chain in school.hooked("forward"):
        if chain.family == "bridge" and (chain.rules or chain.is_dropping):
            said = [chain.where, chain.is_dropping, [rule.fingerprint for rule in chain.rules]]
            yield IncomparableRule(chain.where, take_fingerprint(said))


def _forward_chains(school: Ruleset) -> Iterator[RuleChain]:
    """Yield the chains that a connection passes when it is not steered, and not when it is."""
    for chain in school.hooked("prerouting"):
        if chain.kind == "filter" and chain.priority > AFTER_STEERING:
            yield chain
    for hook in ("forward", "postrouting", "egress"):
        yield from (chain for chain in school.hooked(hook) if chain.kind != "nat")


def _output_chains(everything: Ruleset) -> Iterator[RuleChain]:
    for hook in ("output", "postrouting", "egress"):
        yield from (chain for chain in everything.hooked(hook) if chain.kind != "nat")


def _decide_output(
    everything: Ruleset, output: list[RuleChain], passing: NewConnection, user: int
) -> Decision:
    sent = passing._replace(source=None, comes_in="", user=user)
    return decide(everything, output, sent)


def _steered(
    everything: Ruleset, steering: Ruleset, version: int, table: RouteTable
) -> Iterator[NewConnection]:
    """Yield a connection for each way in which rules tell steered connections apart."""
    steers = [chain for chain in steering.hooked("prerouting") if chain.kind == "nat"]
    ways = product(
        _numbers(everything, NumberField.SOURCE, version),
        _numbers(everything, NumberField.DESTINATION, version, *table.prefixes),
        _numbers(everything, NumberField.PORT, version),
        _interfaces(everything),
    )
    for compared, (source, destination, port, interface) in enumerate(ways):
        if compared >= MAX_COMPARED:
            raise TooManyRules
        arriving = NewConnection(version, source, destination, port, interface, "", None)
        leaves_by = table.leaves_by(destination)
        if leaves_by and decide(steering, steers, arriving).is_redirected:
            yield from (arriving._replace(leaves_by=name) for name in leaves_by)


def _numbers(ruleset: Ruleset, field: NumberField, version: int, *others: ValueSet) -> list[int]:
    """List a number for each way in which rules tell them apart."""
    sets = {
        part.values: None
        for part in _parts(ruleset)
        if isinstance(part, NumberCondition)
        and part.field is field
        and part.version in {None, version}
    }
    last = MAX_PORT if field is NumberField.PORT else (1 << ADDRESS_BITS[version]) - 1
    return find_representatives([*sets, *others], last)


def _parts(ruleset: Ruleset) -> Iterator[object]:
    for chain in ruleset.chains.values():
        for rule in chain.rules:
            for condition, _ in rule.branches:
                yield from condition.parts


def _interfaces(ruleset: Ruleset) -> list[str]:
    """List an interface for each way in which rules tell apart where a connection comes in."""
    named = {
        name.replace("*", "?")
        for part in _parts(ruleset)
        if isinstance(part, InterfaceCondition) and part.field is InterfaceField.COMES_IN
        for name in part.names
    }
    return sorted({*named, _ANY_OTHER})
