"""Parses what `nft -j list ruleset` says into rules that can be held against a connection."""

import json
from collections.abc import Callable, Iterator, Sequence
from ipaddress import IPv4Address
from typing import Any

from monitor.steering.condition import AllOf, Constant, RuleCondition
from monitor.steering.matches import parse_match, parse_member
from monitor.steering.ruleset import (
    TABLE,
    Expression,
    FirewallRule,
    RuleChain,
    Ruleset,
    RuleVerdict,
    VerdictKind,
    take_fingerprint,
)
from monitor.steering.values import Incomparable, NamedSets, list_elements

_VERDICTS = {
    "accept": VerdictKind.ACCEPT,
    "drop": VerdictKind.DROP,
    "reject": VerdictKind.DROP,
    "return": VerdictKind.RETURN,
    "jump": VerdictKind.JUMP,
    "goto": VerdictKind.GOTO,
    "redirect": VerdictKind.REDIRECT,
}
_SAY_NOTHING = frozenset(
    {"comment", "continue", "counter", "ct helper", "dup", "flow", "log", "mangle", "notrack",
     "secmark", "set", "map"}
)  # fmt: skip
"""Statements that decide nothing of a connection by themselves."""
_COUNTED = frozenset({"limit", "quota", "ct count", "meter"})
"""Statements that hold or not by how much there was before."""
_UNKNOWN = Constant(None)
_ANYTHING = (
    {"prefix": {"addr": str(IPv4Address(0)), "len": 0}},
    {"prefix": {"addr": "::", "len": 0}},
)
_LISTED = dict(zip(("steered_4", "steered_6"), _ANYTHING, strict=True))
"""Sets of the table that steers: what is listed may change at any time, so it can be anything."""


def parse_ruleset(text: str) -> Ruleset:
    """Parse all tables.

    Raises:
        ValueError: when it is not what nftables writes.
    """
    objects = json.loads(text)["nftables"]
    sets: dict[tuple[str, str], dict[str, Sequence[Any]]] = {}
    for _, named in _of_kinds(objects, "set", "map"):
        table = sets.setdefault((named["family"], named["table"]), {})
        is_listed = named["table"] == TABLE and named["name"] in _LISTED
        anything = [_LISTED[named["name"]]] if is_listed else ()
        table[named["name"]] = anything or named.get("elem", ())
    rules: dict[tuple[str, str, str], list[FirewallRule]] = {}
    for _, rule in _of_kinds(objects, "rule"):
        family, name = rule["family"], rule["table"]
        chain_rules = rules.setdefault((family, name, rule["chain"]), [])
        chain_rules.extend(_parse_rule(rule, sets.get((family, name), {})))
    chains = {}
    for _, chain in _of_kinds(objects, "chain"):
        key = chain["family"], chain["table"], chain["name"]
        chains[key] = RuleChain(
            *key,
            hook=chain.get("hook"),
            kind=chain.get("type", ""),
            priority=chain.get("prio", 0),
            is_dropping=chain.get("policy") == "drop",
            rules=rules.get(key, ()),
        )
    return Ruleset(chains)


def _of_kinds(objects: Sequence[Expression], *kinds: str) -> Iterator[tuple[str, Any]]:
    for listed_object in objects:
        for kind in kinds:
            if kind in listed_object:
                yield kind, listed_object[kind]


def _parse_rule(rule: Expression, sets: NamedSets) -> Iterator[FirewallRule]:
    """Yield the rule; nothing where it decides nothing."""
    conditions: list[RuleCondition] = []
    where = f"{rule['family']} {rule['table']} {rule['chain']} {rule['handle']}"
    place = [rule["family"], rule["table"], rule["chain"]]
    for statement in rule["expr"]:
        branches = list(_parse_statement(statement, conditions, sets))
        if branches:
            fingerprint = take_fingerprint([place, rule["expr"]])
            yield FirewallRule(where, fingerprint, branches)
            return


def _parse_statement(
    statement: Expression, conditions: list[RuleCondition], sets: NamedSets
) -> Iterator[tuple[RuleCondition, RuleVerdict]]:
    """Yield what a statement decides under which conditions, or add to the conditions."""
    kind, content = _split(statement)
    if kind == "match":
        conditions.append(_or_unknown(lambda: parse_match(content, sets)))
    elif kind in _VERDICTS:
        yield AllOf(tuple(conditions)), _parse_verdict(kind, content)
    elif kind == "vmap":
        yield from (
            (AllOf((*conditions, condition)), verdict)
            for condition, verdict in _parse_verdict_map(content, sets)
        )
    elif kind in _COUNTED or (kind == "xt" and content["type"] == "match"):
        conditions.append(_UNKNOWN)
    elif kind not in _SAY_NOTHING:
        yield AllOf((*conditions, _UNKNOWN)), RuleVerdict(VerdictKind.UNKNOWN)


def _split(statement: Expression) -> tuple[str, Any]:
    """Return the kind of a statement, and what it says."""
    ((kind, content),) = statement.items() if isinstance(statement, dict) else ((statement, None),)
    return str(kind), content


def _parse_verdict(kind: str, content: Any) -> RuleVerdict:
    target = content["target"] if kind in {"jump", "goto"} else ""
    return RuleVerdict(_VERDICTS[kind], target)


def _parse_verdict_map(
    content: Expression, sets: NamedSets
) -> list[tuple[RuleCondition, RuleVerdict]]:
    try:
        members = []
        for key, said in list_elements(content["data"], sets):
            ((kind, target),) = said.items()
            if kind != "continue":
                verdict = _parse_verdict(kind, target)
                members.append((parse_member(content["key"], key, sets), verdict))
    except (Incomparable, KeyError, TypeError, ValueError):
        return [(_UNKNOWN, RuleVerdict(VerdictKind.UNKNOWN))]
    return members


def _or_unknown(parse: Callable[[], RuleCondition]) -> RuleCondition:
    try:
        return parse()
    except (Incomparable, KeyError, TypeError, ValueError, AttributeError):
        return _UNKNOWN
