"""The administrator's page: it installs, and removes, all that is in `deploy/` and nothing else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "beheerder.md").read_text()
FILES = sorted(
    str(file.relative_to(ROOT)) for file in (ROOT / "deploy").rglob("*") if file.is_file()
)


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_installed(file: str) -> None:
    assert any(file in line.split() for line in GUIDE.splitlines() if "install -D" in line)


def test_only_files_that_exist_are_installed() -> None:
    assert {*re.findall(r"deploy/\S+\.\w+", GUIDE)} <= {*FILES}


@pytest.mark.parametrize("unit", [Path(file).name for file in FILES if "/systemd/" in file])
def test_every_unit_is_removed(unit: str) -> None:
    assert any(f"/etc/systemd/system/{unit}" in line.split() for line in GUIDE.splitlines())
