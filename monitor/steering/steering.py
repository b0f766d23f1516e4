"""Steers connections where the rules allow it, and no longer where they do not."""

from collections.abc import Collection, Mapping
from pathlib import Path

from monitor.steering.comparison import DifferenceKind, Routes, TooManyRules, compare_rules
from monitor.steering.condition import ADDRESS_BITS
from monitor.steering.nftables import (
    UNKNOWN_USER,
    NftFailed,
    find_gateway_user,
    find_legacy_filters,
    find_listening_users,
    find_redirect_port,
    list_live_rules,
    list_routes,
    list_routing_rules,
    list_rules_of,
    load_rules,
    stop_steering,
)
from monitor.steering.outcome import OutcomeKind, SteeringOutcome, sort_rules
from monitor.steering.parsing import parse_ruleset
from monitor.steering.routes import find_policies, parse_routes
from monitor.steering.ruleset import take_fingerprint


def assess_steering(
    live: str,
    steering: str,
    routes: Routes,
    reviewed: Collection[str] = (),
    others: Mapping[str, str] | None = None,
) -> SteeringOutcome:
    """Say whether connections may be steered.

    Args:
        live: the rules in force, as JSON; the table that steers is left out.
        steering: rules as JSON, of which the table that steers is taken.
        routes: by which interface a destination is reached.
        reviewed: fingerprints of rules that the administrator has looked at and accepts.
        others: what else cannot be compared, with its fingerprint.
    """
    if find_redirect_port(steering) is None:
        return SteeringOutcome(OutcomeKind.NOTHING)
    user = find_gateway_user(steering)
    if user is None:
        return SteeringOutcome(OutcomeKind.NO_USER)
    try:
        compared = compare_rules(
            parse_ruleset(live).school, parse_ruleset(steering).steering, user, routes
        )
    except TooManyRules:
        return SteeringOutcome(OutcomeKind.TOO_MANY)
    pairs = [(rule.where, rule.fingerprint) for rule in compared.incomparable]
    pairs += (others or {}).items()
    named = {
        is_accepted: sort_rules(
            f"{where} ({fingerprint})"
            for where, fingerprint in pairs
            if (fingerprint in reviewed) is is_accepted
        )
        for is_accepted in (False, True)
    }
    by_kind = {
        kind: sort_rules(
            # What forbids is what the two differ about.
            difference.forward if kind is DifferenceKind.REACHED else difference.output
            for difference in compared.differences
            if difference.kind is kind
        )
        for kind in DifferenceKind
    }
    if any(by_kind.values()):
        kind = OutcomeKind.DIFFERS
    elif named[False]:
        kind = OutcomeKind.INCOMPARABLE
    else:
        kind = OutcomeKind.STEERED
    return SteeringOutcome(
        kind,
        by_kind[DifferenceKind.REACHED],
        by_kind[DifferenceKind.STOPPED],
        named[False],
        named[True],
    )


def steer(
    path: Path, reviewed: Collection[str], *, keeps: bool, loads: bool = True
) -> SteeringOutcome:
    """Load the rules that steer, or see to it that nothing is steered.

    Args:
        path: the file with the rules.
        reviewed: fingerprints of rules that the administrator accepts.
        keeps: whether rules that steer already stay as they are, where they may.
        loads: whether to do it; otherwise it is only said what would be done.
    """
    try:
        live = list_live_rules()
        is_steering = find_redirect_port(live) is not None
        steering = live if keeps and is_steering else list_rules_of(path)
        routes = {version: parse_routes(list_routes(version), version) for version in ADDRESS_BITS}
        others = {program: take_fingerprint(program) for program in find_legacy_filters()}
        for version in ADDRESS_BITS:
            others |= find_policies(list_routing_rules(version))
    except NftFailed as failed:
        # As for every wrong file: nothing changes.
        return describe_failure(failed)
    outcome = assess_steering(live, steering, routes, reviewed, others)
    if not loads:
        return outcome
    try:
        if not outcome.is_steered:
            stop_steering()
        elif steering is not live:
            if _is_of_another_user(steering):
                # Its rules for what pupils may not reach would hold for nobody's connections.
                stop_steering()
                return SteeringOutcome(OutcomeKind.NO_USER)
            load_rules(path)
            if not _find_listening_users(steering):
                # The gateway ended meanwhile: nobody would be served.
                stop_steering()
                return SteeringOutcome(OutcomeKind.NOT_LISTENING)
    except NftFailed as failed:
        return describe_failure(failed)
    return outcome


def describe_failure(failed: NftFailed) -> SteeringOutcome:
    """Say why a file of rules could not be used."""
    if UNKNOWN_USER in str(failed):
        return SteeringOutcome(OutcomeKind.NO_USER)
    return SteeringOutcome(OutcomeKind.FAILED, why=str(failed))


def _find_listening_users(steering: str) -> frozenset[int]:
    port = find_redirect_port(steering)
    return frozenset() if port is None else find_listening_users(port)


def _is_of_another_user(steering: str) -> bool:
    """Say whether a gateway listens, and none as the user that the rules name."""
    listening = _find_listening_users(steering)
    return bool(listening) and find_gateway_user(steering) not in listening
