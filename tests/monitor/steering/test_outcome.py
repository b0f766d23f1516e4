"""What came of steering, as `lesrust check` reads it."""

from pathlib import Path

import pytest

from monitor.steering.outcome import FILE, OutcomeKind, SteeringOutcome


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    outcome = SteeringOutcome(OutcomeKind.DIFFERS, ("a",), ("b", "c"), ("d (0)",), ("e",), "why")
    outcome.write(tmp_path / "new")
    assert SteeringOutcome.load(tmp_path / "new") == outcome
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]


def test_all_users_may_read_it(tmp_path: Path) -> None:
    SteeringOutcome(OutcomeKind.STEERED).write(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("content", [None, "", "{}", '{"kind": "another"}', "[]"])
def test_what_cannot_be_read_says_nothing(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content)
    assert SteeringOutcome.load(tmp_path) is None
