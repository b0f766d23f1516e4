"""What the rules decide of a new connection, and which of them does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.steering.condition import NewConnection
from monitor.steering.ruleset import RuleChain, Ruleset, VerdictKind

MAX_DEPTH = 16
"""Jumps within jumps that the kernel takes."""
_FAMILIES = {4: {"inet", "ip", "netdev"}, 6: {"inet", "ip6", "netdev"}}


class IncomparableRule(NamedTuple):
    """A rule of which it cannot be told what it decides."""

    where: str
    fingerprint: str


@dataclass(slots=True)
class Decision:
    """What is decided of a connection, and by what."""

    is_accepted: bool = True
    is_redirected: bool = False
    by: str = ""
    """The rule, or the chain whose policy it was; empty: no rule was asked."""
    incomparable: set[IncomparableRule] = field(default_factory=set)
    """The rules of which it cannot be told whether they decide something else."""


def decide(ruleset: Ruleset, chains: Iterable[RuleChain], connection: NewConnection) -> Decision:
    """Run a connection through chains, one after the other, as the kernel does.

    A rule that cannot be compared is passed over, and named. What one chain accepts goes on to the
    next; what one drops is dropped.
    """
    decision = Decision()
    for chain in chains:
        if chain.family not in _FAMILIES[connection.version]:
            continue
        kind, where = _walk(ruleset, chain, connection, decision, 0)
        if kind is None or kind is VerdictKind.RETURN:
            kind, where = (
                VerdictKind.DROP if chain.is_dropping else VerdictKind.ACCEPT,
                f"{chain.where} policy",
            )
        decision.by = where
        if kind is VerdictKind.DROP:
            decision.is_accepted = False
            return decision
        decision.is_redirected = decision.is_redirected or kind is VerdictKind.REDIRECT
    return decision


def _walk(
    ruleset: Ruleset, chain: RuleChain, connection: NewConnection, decision: Decision, depth: int
) -> tuple[VerdictKind | None, str]:
    """Return what the rules of a chain decide, and which does; None: none of them."""
    for rule in chain.rules:
        for condition, verdict in rule.branches:
            held = condition.holds(connection)
            if held is None or (held and verdict.kind is VerdictKind.UNKNOWN):
                decision.incomparable.add(IncomparableRule(rule.where, rule.fingerprint))
            if not held or verdict.kind is VerdictKind.UNKNOWN:
                continue
            if verdict.kind not in {VerdictKind.JUMP, VerdictKind.GOTO}:
                return verdict.kind, rule.where
            if depth >= MAX_DEPTH:
                return VerdictKind.DROP, rule.where
            target = ruleset.target(chain, verdict.target)
            kind, where = _walk(ruleset, target, connection, decision, depth + 1)
            if kind is not None and kind is not VerdictKind.RETURN:
                return kind, where
            if verdict.kind is VerdictKind.GOTO:
                return None, ""
            break
    return None, ""
