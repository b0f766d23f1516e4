"""`lesrust erase`: everything that Lesrust keeps is gone, and an account says what it was."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.site.signed_account import is_unchanged
from tests.dashboards.commands.test_store import config, lesrust, target

__all__ = ["config", "target"]

pytestmark = pytest.mark.store

NAME = "Het Voorbeeld"
DIES = """
import os, sys
from itertools import count
from pathlib import Path
from monitor.commands.cli import main
last, taken, unlink = int(sys.argv.pop(1)), count(), Path.unlink
def take_away_or_die(path, missing_ok=False):
    if next(taken) == last:
        os._exit(137)
    unlink(path, missing_ok)
Path.unlink = take_away_or_die
main()
"""
"""The command, killed when it has taken away so many files."""
MAY_NOT = """
import sys
from pathlib import Path
from monitor.commands.cli import main
names, unlink = sys.argv.pop(1).split(","), Path.unlink
def take_away_or_refuse(path, missing_ok=False):
    if path.name in names:
        raise PermissionError(13, "Permission denied")
    unlink(path, missing_ok)
Path.unlink = take_away_or_refuse
main()
"""
"""The command, as a user who may not take away files of these names."""


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


def test_a_file_that_a_move_put_aside_is_gone_too_wherever_the_store_is_now(
    config: Path, target: str
) -> None:
    assert lesrust("store", "move", target, "--config", str(config)).returncode == 0
    config.write_text(config.read_text().replace(str(config.parent / "school.sqlite3"), target))
    (aside,) = config.parent.glob("school.sqlite3.moved-*")
    assert str(aside) in erase(config, "--dry-run").stdout
    erased = erase(config)
    assert erased.returncode == 0, erased.stderr
    assert not aside.exists()
    assert (
        str(aside) in json.loads((config.parent / "account.json").read_text())["account"]["files"]
    )


def test_the_account_says_how_much_there_was_and_is_signed(config: Path) -> None:
    erased = erase(config)
    text = (config.parent / "account.json").read_text("utf-8")
    account = json.loads(text)["account"]
    assert account["school"] == NAME
    assert account["rows"]["monitor_releasedfigure"] > 0
    assert str(config.parent / "school.sqlite3") in account["files"]
    (fingerprint,) = re.findall("[0-9a-f]{64}", erased.stdout)
    assert is_unchanged(text, fingerprint)


def verify(config: Path, fingerprint: str) -> "subprocess.CompletedProcess[str]":
    account = str(config.parent / "account.json")
    return lesrust("erase", "--account", account, "--verify", fingerprint)


def test_an_account_that_was_changed_is_found(config: Path) -> None:
    """Also by somebody who has nothing else of Lesrust any more."""
    (fingerprint,) = re.findall("[0-9a-f]{64}", erase(config).stdout)
    config.unlink()
    account = config.parent / "account.json"
    verified = verify(config, fingerprint)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "is as it was signed" in verified.stdout
    assert verify(config, "0" * 64).returncode == 1
    account.write_text(account.read_text("utf-8").replace(NAME, "Andere school"), "utf-8")
    changed = verify(config, fingerprint)
    assert changed.returncode == 1
    assert "is not as it was signed" in changed.stderr


@pytest.mark.parametrize("content", [None, "", "{}", "no json"])
def test_what_is_no_account_is_refused(config: Path, content: str | None) -> None:
    if content is not None:
        (config.parent / "account.json").write_text(content)
    assert verify(config, "0" * 64).returncode == 2


def test_tokens_for_timetables_are_gone_and_the_rest_is_named(config: Path) -> None:
    token, mapping = config.parent / "zermelo.token", config.parent / "access-points.csv"
    token.write_text("a token of the school's timetable\n")
    token.chmod(0o600)
    mapping.write_text("kind,name,room\n")
    config.write_text(
        f"""{config.read_text()}
[[timetable]]
name = "zermelo"
format = "zermelo"
address = "https://school.zportal.nl"
secret = "{token}"
[attachments]
file = "{mapping}"
"""
    )
    assert str(token) in erase(config, "--dry-run").stdout
    erased = erase(config)
    assert erased.returncode == 0, erased.stderr
    assert not token.exists()
    account = json.loads((config.parent / "account.json").read_text("utf-8"))["account"]
    assert str(token) in account["files"]
    assert account["left"] == [str(config), str(mapping)]
    for path in account["left"]:
        assert path in erased.stdout


def test_secrets_in_a_folder_of_root_are_said_to_be_left(config: Path) -> None:
    secrets = [config.parent / name for name in ("web.secret", "health.token")]
    for secret in secrets:
        secret.write_text("secret of the school\n")
        secret.chmod(0o600)
    config.write_text(f'{config.read_text()}\n[web]\nsecret = "{secrets[0]}"\n')
    account = config.parent / "account.json"
    erased = subprocess.run(
        [
            *(sys.executable, "-c", MAY_NOT, "web.secret,health.token", "erase"),
            *("--config", config, "--account", account),
        ],
        check=True,
        input=f"{NAME}\n",
        capture_output=True,
        text=True,
    )
    left = json.loads(account.read_text("utf-8"))["account"]["left"]
    assert left == [str(config), *map(str, secrets)]
    assert str(secrets[1]) in erased.stdout.partition("fingerprint")[2]


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


@pytest.mark.parametrize("files", range(3))
def test_what_a_kill_left_is_erased_by_the_next(config: Path, files: int) -> None:
    """Also the files that a move put aside, here and elsewhere: the store still says where."""
    folder, old = config.parent, str(config.parent / "school.sqlite3")
    (folder / "elders").mkdir()
    new = str(folder / "elders" / "school.sqlite3")
    for before, after in ((old, new), (new, old)):
        assert lesrust("store", "move", after, "--config", str(config)).returncode == 0
        config.write_text(config.read_text().replace(before, after))
    options = ("--config", str(config), "--account", str(folder / "killed.json"))
    killed = subprocess.run(
        [sys.executable, "-c", DIES, str(files), "erase", *options],
        input=f"{NAME}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == 137
    erased = erase(config)
    assert erased.returncode == 0, erased.stderr
    left = {path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_size}
    assert left == {"lesrust.toml", "account.json"}


@pytest.mark.network  # a file system of its own needs root
def test_an_account_that_the_disk_does_not_take_is_shown(config: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "none", full], check=True)
    try:
        (full / "content").write_bytes(bytes(4096))
        account = full / "account.json"
        erased = lesrust(
            "erase", "--config", str(config), "--account", str(account), typed=f"{NAME}\n"
        )
    finally:
        subprocess.run(["umount", full], check=True)
    assert (erased.returncode, erased.stderr) == (0, "")
    (fingerprint,) = re.findall("(?<=beside it: )[0-9a-f]{64}", erased.stdout)
    (shown,) = re.findall(r"\{\n.*?\n\}", erased.stdout, re.DOTALL)
    assert is_unchanged(shown, fingerprint)
