"""`lesrust erase`: everything that Lesrust keeps is gone, and an account says what it was."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from dashboards.site.signed_account import is_unchanged
from tests.dashboards.commands.test_store import config, lesrust, target

__all__ = ["config", "target"]

pytestmark = pytest.mark.store

NAME = "Het Voorbeeld"


def erase(config: Path, *options: str, name: str = NAME) -> "subprocess.CompletedProcess[str]":
    return lesrust(
        *("erase", "--config", str(config), "--account", str(config.parent / "account.json")),
        *options,
        typed=f"{name}\n",
    )


def test_nothing_is_left_but_the_configuration_and_the_account(config: Path) -> None:
    (config.parent / "school.sqlite3.moved-2026-11-01").touch()
    erased = erase(config)
    assert erased.returncode == 0, erased.stderr
    assert {path.name for path in config.parent.iterdir()} == {"lesrust.toml", "account.json"}


def test_the_account_says_how_much_there_was_and_is_signed(config: Path) -> None:
    erased = erase(config)
    text = (config.parent / "account.json").read_text("utf-8")
    account = json.loads(text)["account"]
    assert account["school"] == NAME
    assert account["rows"]["monitor_releasedfigure"] > 0
    assert str(config.parent / "school.sqlite3") in account["files"]
    (fingerprint,) = re.findall("[0-9a-f]{64}", erased.stdout)
    assert is_unchanged(text, fingerprint)


def test_another_name_erases_nothing(config: Path) -> None:
    erased = erase(config, name="Andere school")
    assert erased.returncode == 1
    assert (config.parent / "school.sqlite3").exists()
    assert not (config.parent / "account.json").exists()


def test_it_can_be_tried_first(config: Path) -> None:
    tried = erase(config, "--dry-run")
    assert tried.returncode == 0
    assert "monitor_releasedfigure" in tried.stdout
    assert (config.parent / "school.sqlite3").exists()


def test_a_store_that_was_moved_has_no_table_left(config: Path, target: str) -> None:
    assert lesrust("store", "move", target, "--config", str(config)).returncode == 0
    config.write_text(config.read_text().replace(str(config.parent / "school.sqlite3"), target))
    erased = erase(config)
    assert erased.returncode == 0, erased.stderr
    # It is a new store again.
    tried = erase(config, "--dry-run")
    assert "monitor_releasedfigure" not in tried.stdout


def test_an_account_that_cannot_be_written_erases_nothing(config: Path) -> None:
    (config.parent / "account.json").mkdir()
    assert erase(config).returncode == 2
    assert (config.parent / "school.sqlite3").exists()
