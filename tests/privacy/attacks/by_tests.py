"""Attacks on running parts that are tests already: they run here, and say whether they held."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

from monitor.attacks.outcome import AttackOutcome


class Tested(NamedTuple):
    """An attack, and the tests that try it."""

    attack: str
    gate: str
    tests: tuple[str, ...]


SERVICE = "tests/monitor/runtime/test_service.py"
VISIBILITY = "tests/privacy/test_visibility.py"
RESTORE = "tests/monitor/runtime/test_restore.py"
TESTED = (
    Tested(
        "scrapes through a lesson, compared",
        "0 bytes change",
        (f"{SERVICE}::test_scraping_through_a_lesson_tells_nothing",),
    ),
    Tested(
        "one draw: after a restart, and on the page",
        "1 value a cell",
        (f"{SERVICE}::test_what_was_released_stays_as_it_was_drawn",),
    ),
    Tested(
        "one draw: after a pause, again and again",
        "0 draws",
        (f"{SERVICE}::test_what_a_pause_took_away_is_drawn_at_no_later_moment",),
    ),
    Tested("one draw, and the caps: after a restored or a new store", "0 draws", (RESTORE,)),
    Tested(
        "floors: a class isolated, by configuration, roster or traffic",
        "0 cells",
        ("tests/privacy/test_floors.py",),
    ),
    Tested(
        "one vote a device in the visibility",
        "L1 = the cap",
        (
            f"{VISIBILITY}::test_a_device_changes_the_votes_by_one_vote_however_much_it_does",
            f"{VISIBILITY}::test_a_device_cannot_be_told_by_what_it_hides",
        ),
    ),
    Tested(
        "mutant: visibility without noise",
        "found: told with certainty",
        (f"{VISIBILITY}::test_without_noise_it_is_told_with_certainty",),
    ),
    Tested(
        "health for IT: one more of anything, one phone at night, a kind that is rare",
        "no step, or one",
        ("tests/monitor/test_health.py",),
    ),
    Tested(
        "what can be kept, shown, logged and set",
        "what is declared",
        ("tests/privacy/test_declaration.py",),
    ),
)


def outcomes() -> Iterator[AttackOutcome]:
    """Run the tests of all attacks at once, and yield what became of each attack."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        names = [name for tested in TESTED for name in tested.tests]
        command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *names]
        subprocess.run([sys.executable, *command], check=False, capture_output=True)
        ran = _parse_report(report)
    for tested in TESTED:
        found = [passed for name in tested.tests for passed in _of(name, ran)]
        passed = sum(found)
        yield AttackOutcome(
            tested.attack,
            f"{passed} of {len(found)} tests",
            tested.gate,
            bool(found) and passed == len(found),
        )


def _parse_report(report: Path) -> dict[tuple[str, str], bool]:
    """Return whether each test passed, by its module and name; a skipped one is left out."""
    if not report.exists():
        return {}
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return {
        (case.get("classname", ""), case.get("name", "")): case.find("failure") is None
        and case.find("error") is None
        for case in cases
        if case.find("skipped") is None
    }


def _of(name: str, ran: dict[tuple[str, str], bool]) -> Iterator[bool]:
    path, _, test = name.partition("::")
    module = path.removesuffix(".py").replace("/", ".")
    for (place, case), passed in ran.items():
        if place.startswith(module) and case.partition("[")[0].startswith(test):
            yield passed
