"""The tables, chains and rules of nftables, as `nft -j list ruleset` gives them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from monitor.configuration.processes import FINGERPRINT_LENGTH
from monitor.steering.condition import RuleCondition

type Expression = Mapping[str, Any]

FAMILY, TABLE = "inet", "lesrust"
"""The table that steers."""


class VerdictKind(Enum):
    """What a rule decides."""

    ACCEPT = "accept"
    DROP = "drop"
    """Or reject: the connection is not made."""
    RETURN = "return"
    JUMP = "jump"
    GOTO = "goto"
    REDIRECT = "redirect"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """A decision, and for a jump where it goes on."""

    kind: VerdictKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class FirewallRule:
    """One rule: the first branch of which the condition holds decides."""

    where: str
    """Its table, its chain and its number there."""
    fingerprint: str
    """Of what it says, without its number and its counters."""
    branches: Sequence[tuple[RuleCondition, RuleVerdict]]


@dataclass(frozen=True, slots=True)
class RuleChain:
    """A chain of rules, which a hook of the kernel runs where it names one."""

    family: str
    table: str
    name: str
    hook: str | None
    kind: str
    priority: int
    is_dropping: bool
    """Whether what no rule decided is dropped."""
    rules: Sequence[FirewallRule]

    @property
    def where(self) -> str:
        """Its table and its name."""
        return f"{self.family} {self.table} {self.name}"


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All chains, by family, table and name."""

    chains: Mapping[tuple[str, str, str], RuleChain]

    def hooked(self, hook: str) -> Iterator[RuleChain]:
        """Yield the chains that a hook runs, in the order in which it does."""
        yield from sorted(
            (chain for chain in self.chains.values() if chain.hook == hook),
            key=lambda chain: chain.priority,
        )

    def target(self, chain: RuleChain, name: str) -> RuleChain:
        """Return the chain that a rule of another one goes to."""
        return self.chains[chain.family, chain.table, name]

    @property
    def school(self) -> "Ruleset":
        """All but the table that steers."""
        chains = self.chains.items()
        return Ruleset({key: chain for key, chain in chains if key[:2] != (FAMILY, TABLE)})

    @property
    def steering(self) -> "Ruleset":
        """The table that steers, and no other."""
        chains = self.chains.items()
        return Ruleset({key: chain for key, chain in chains if key[:2] == (FAMILY, TABLE)})

    def joined(self, other: "Ruleset") -> "Ruleset":
        """Return the tables of both."""
        return Ruleset({**self.chains, **other.chains})


def take_fingerprint(said: object) -> str:
    """Return the fingerprint of a rule, whatever it has counted."""
    written = json.dumps(_without_counts(said), sort_keys=True)
    return sha256(written.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def _without_counts(said: object) -> object:
    if isinstance(said, Mapping):
        return {
            key: None if key in {"counter", "handle"} else _without_counts(value)
            for key, value in said.items()
        }
    return [_without_counts(value) for value in said] if isinstance(said, list) else said
