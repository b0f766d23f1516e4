"""The page of dependencies holds for what is asked for, installed and locked."""

from dataclasses import dataclass
from importlib.metadata import distribution
from re import fullmatch

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.supply.distributions import ROOT, Use, load_locked, load_requirements
from tests.supply.licences import find_licence

PAGE = (ROOT / "docs" / "developers" / "dependencies.md").read_text("utf-8")
HEADINGS = {"Always": Use.ALWAYS, "With an extra": Use.EXTRA, "For developers": Use.DEVELOPMENT}


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """A row of the page."""

    use: Use
    name: str
    purpose: str
    licence: str
    locked: str
    last: str


def parse_rows() -> list[DependencyRow]:
    rows = list[DependencyRow]()
    for section in PAGE.split("\n## ")[1:]:
        heading, _, *lines = section.strip().splitlines()
        rows += (
            DependencyRow(HEADINGS[heading], *line.strip("| ").split(" | ")) for line in lines[1:]
        )
    return rows


ROWS = parse_rows()


def test_the_page_has_what_is_asked_for() -> None:
    asked = {
        (use, canonicalize_name(requirement.name))
        for use, requirements in load_requirements().items()
        for requirement in requirements
    }
    assert {(row.use, row.name) for row in ROWS} == asked
    assert len(ROWS) == len(asked)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_says_what_is_true(row: DependencyRow) -> None:
    assert row.purpose
    assert row.licence == find_licence(row.name, distribution(row.name))
    assert max(map(Version, load_locked()[row.name])) == Version(row.locked)
    released = fullmatch(r"(\S+) \((20\d\d-(?:0[1-9]|1[0-2]))\)", row.last)
    assert released, "the version and the month of the last release"
    assert Version(released[1]) >= Version(row.locked), "the lock has a later one"


@pytest.mark.parametrize("lock", ["requirements.lock", ".ci/uv.lock"])
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("ascii")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
