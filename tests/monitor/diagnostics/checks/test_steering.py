"""What `lesrust check` and `doctor` say of connections that are not steered."""

from pathlib import Path

import pytest

from monitor.configuration import Configuration
from monitor.diagnostics.checks.steering import check_steering
from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.formatting import format_finding
from monitor.steering import outcome as outcomes
from monitor.steering.outcome import OutcomeKind, SteeringOutcome


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the outcome stands."""
    monkeypatch.setattr(outcomes, "FOLDER", tmp_path)
    return tmp_path


def settings(listen: str = "transparent@8080") -> Configuration:
    return Configuration.model_validate({"school": {"name": "A"}, "gateway": {"listen": (listen,)}})


def test_where_nothing_was_ever_steered_nothing_is_said() -> None:
    assert list(check_steering(settings())) == []


@pytest.mark.parametrize("kind", [OutcomeKind.STEERED, OutcomeKind.NOTHING])
def test_what_is_as_it_should_be_says_nothing(kind: OutcomeKind, folder: Path) -> None:
    SteeringOutcome(kind).write(folder)
    assert list(check_steering(settings())) == []


def test_every_rule_is_named_with_what_to_do(folder: Path) -> None:
    rules = tuple(f"inet school forward {number} (3f9a1c2e77b{number})" for number in range(9))
    SteeringOutcome(OutcomeKind.DIFFERS, ("forbids",), ("stops",), rules, ("seen",)).write(folder)
    found = list(check_steering(settings()))
    assert [finding.kind for finding in found] == [
        FindingKind.STEERING_REACHES,
        FindingKind.STEERING_STOPS,
        FindingKind.STEERING_INCOMPARABLE,
        FindingKind.STEERING_REVIEWED,
    ]
    assert [finding.is_note for finding in found] == [False, False, False, True]
    assert found[2].is_named_whole
    assert all(rule in format_finding(found[2], len(rules)).found for rule in rules)


@pytest.mark.parametrize(
    "kind",
    [
        OutcomeKind.FAILED,
        OutcomeKind.NO_USER,
        OutcomeKind.TOO_MANY,
        OutcomeKind.NOT_LISTENING,
    ],
)
def test_why_it_failed_is_said(kind: OutcomeKind, folder: Path) -> None:
    SteeringOutcome(kind, why="steering.nft:3:1: Error").write(folder)
    (finding,) = check_steering(settings())
    assert finding.kind is FindingKind.STEERING_FAILED
    assert finding.about[0]


def test_an_explicit_proxy_takes_nothing_that_is_steered(folder: Path) -> None:
    SteeringOutcome(OutcomeKind.FAILED, why="wrong").write(folder)
    assert list(check_steering(settings("regular@127.0.0.1:8081"))) == []
