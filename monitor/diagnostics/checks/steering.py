"""Checks whether connections are steered, and says why not."""

from collections.abc import Iterator

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.diagnostics.texts.steering import STEERING_FAILURES
from monitor.steering import outcome as outcomes
from monitor.steering.outcome import OutcomeKind, SteeringOutcome

STEERED_MODE = "transparent"


def check_steering(settings: Configuration) -> Iterator[Finding]:
    """Check what came of the rules on this machine, where its gateway takes what is steered."""
    takes_steered = any(mode.startswith(STEERED_MODE) for mode in settings.gateway.listen)
    outcome = SteeringOutcome.load(outcomes.FOLDER) if takes_steered else None
    if outcome is not None:
        yield from describe_steering(outcome)


def describe_steering(outcome: SteeringOutcome) -> Iterator[Finding]:
    """Give what is amiss with the rules, and what was accepted."""
    for kind, rules in (
        (FindingKind.STEERING_REACHES, outcome.reached),
        (FindingKind.STEERING_STOPS, outcome.stopped),
        (FindingKind.STEERING_INCOMPARABLE, outcome.incomparable),
        (FindingKind.STEERING_REVIEWED, outcome.accepted),
    ):
        yield from findings_about(kind, rules)
    if outcome.kind is OutcomeKind.FAILED:
        yield Finding(FindingKind.STEERING_FAILED, (outcome.why,), 1)
    elif outcome.kind in STEERING_FAILURES:
        yield Finding(FindingKind.STEERING_FAILED, (str(STEERING_FAILURES[outcome.kind]),), 1)
