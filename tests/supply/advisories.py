"""What is known against the versions in the lock, by a database of advisories that answers.

That nothing is known and that nobody could be asked are two things, and are told as such.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests.supply.distributions import LOCK

DATABASE = "LESRUST_ADVISORIES"
"""Names the address of a database that answers as OSV's does, such as a mirror of one's own."""

KNOWN_TO_BE_WEAK = "django==1.11\n"
"""A version of which every database of advisories knows something."""

ACCEPTED: Mapping[str, str] = MappingProxyType({})
"""Advisories that do not touch Lesrust, each with the reason."""

MAX_SECONDS = 900


class Verdict(IntEnum):
    """What the check comes to, as the code that it ends with."""

    CLEAN = 0
    WEAK = 1
    UNKNOWN = 69
    """EX_UNAVAILABLE: there was no database to ask, or it did not answer for everything."""


@dataclass(frozen=True, slots=True)
class AdvisoryReport:
    """What a database says of a file of requirements."""

    asked: int
    known: tuple[str, ...]


class NoAnswerError(Exception):
    """No database of advisories answered for everything that was asked."""


def check_lock(lock: Path = LOCK, accepted: Mapping[str, str] = ACCEPTED) -> tuple[Verdict, str]:
    """Ask what is known against what a lock names, and say what that comes to."""
    try:
        report = _ask(lock, accepted)
        _try_database()
    except NoAnswerError as reason:
        return Verdict.UNKNOWN, (
            "advisories: NOT CHECKED. No database of advisories answered, so nothing is known of "
            f"the versions in {lock.name}, good or bad.\n  {reason}\n  {DATABASE} names another "
            "one, that answers as OSV's does."
        )
    if report.known:
        lines = "\n".join(f"  {line}" for line in report.known)
        return Verdict.WEAK, f"advisories: KNOWN WEAKNESSES in {lock.name}\n{lines}"
    return Verdict.CLEAN, f"advisories: nothing is known against {report.asked} distributions"


def _try_database() -> None:
    """Make sure that whoever answers knows of weaknesses at all."""
    with TemporaryDirectory() as folder:
        weak = Path(folder) / "requirements.txt"
        weak.write_text(KNOWN_TO_BE_WEAK)
        if not _ask(weak, {}).known:
            message = f"It knows nothing of {KNOWN_TO_BE_WEAK.strip()}, so it is no database."
            raise NoAnswerError(message)


def _ask(requirements: Path, accepted: Mapping[str, str]) -> AdvisoryReport:
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        ran = subprocess.run(
            [*_command(requirements, answer), *(f"--ignore-vuln={known}" for known in accepted)],
            check=False,
            capture_output=True,
            text=True,
            timeout=MAX_SECONDS,
        )
        if not answer.exists():
            raise NoAnswerError(ran.stderr.strip().splitlines()[-1])
        return _read(json.loads(answer.read_text("utf-8"))["dependencies"])


def _command(requirements: Path, answer: Path) -> list[str]:
    database = os.environ.get(DATABASE)
    return [
        *(sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--timeout=15"),
        *("--vulnerability-service=osv", *([f"--osv-url={database}"] if database else [])),
        *("--disable-pip", "--no-deps", "--format=json", f"--output={answer}"),
        *("--cache-dir", str(answer.parent / "cache"), "--requirement", str(requirements)),
    ]


def _read(dependencies: list[dict[str, object]]) -> AdvisoryReport:
    unasked = [str(entry["name"]) for entry in dependencies if "skip_reason" in entry]
    if unasked or not dependencies:
        message = f"not asked about: {', '.join(unasked) or 'anything at all'}"
        raise NoAnswerError(message)
    return AdvisoryReport(
        len(dependencies),
        tuple(
            f"{entry['name']} {entry['version']}: {weakness['id']} {_mended(weakness)}"
            for entry in dependencies
            for weakness in _weaknesses(entry)
        ),
    )


def _weaknesses(entry: dict[str, object]) -> list[dict[str, object]]:
    weaknesses = entry["vulns"]
    assert isinstance(weaknesses, list)
    return weaknesses


def _mended(weakness: dict[str, object]) -> str:
    versions = weakness["fix_versions"]
    assert isinstance(versions, list)
    return f"(mended in {', '.join(versions)})" if versions else "(not mended yet)"
