"""Two builds of the wheel are alike, byte for byte, wherever, whenever and by whomever."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.supply.distributions import ROOT

BUILT_OF = ("addons", "dashboards", "monitor", "schedules", "simulation")
BUILD = "import sys, uv_build; uv_build.build_wheel(sys.argv[1])"


def build(folder: Path, *, mask: int, zone: str, made: int) -> Path:
    """Build the wheel of a copy of the source, as another person elsewhere would."""
    source, built = folder / "source", folder / "built"
    source.mkdir(parents=True)
    built.mkdir()
    for name in BUILT_OF:
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite3*")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    for file in source.rglob("*"):
        file.chmod((0o777 if file.is_dir() else 0o666) & ~mask)
        os.utime(file, (made, made))
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    subprocess.run(
        [sys.executable, "-c", BUILD, str(built)],
        check=True,
        capture_output=True,
        cwd=source,
        env=os.environ | {"PATH": path, "TZ": zone, "PYTHONHASHSEED": str(mask)},
        umask=mask,
    )
    (wheel,) = built.iterdir()
    return wheel


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    one = build(tmp_path_factory.mktemp("one"), mask=0o022, zone="UTC", made=1_000_000_000)
    other = build(
        tmp_path_factory.mktemp("other") / "in" / "a" / "folder",
        mask=0o077,
        zone="Asia/Tokyo",
        made=1_700_000_000,
    )
    return one, other


def test_two_builds_are_alike(wheels: tuple[Path, Path]) -> None:
    one, other = (sha256(wheel.read_bytes()).hexdigest() for wheel in wheels)
    assert one == other


def test_a_wheel_is_of_lesrust_alone(wheels: tuple[Path, Path]) -> None:
    with ZipFile(wheels[0]) as wheel:
        folders = {name.partition("/")[0] for name in wheel.namelist()}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {*BUILT_OF}
