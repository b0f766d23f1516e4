"""Reading a platform's file: whole and right, or named with its key."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from monitor.catalogue.hostnames.pattern import parse_pattern
from monitor.catalogue.platform import HostnameRole, Platform
from monitor.catalogue.platform_files import load_platform_files

HYVES = """
title = "Hyves"
on = false
checked = 2026-11-23

[[group]]
role = "app"
why = "The site."
sources = ["a list of 2013"]
shared_with = ["facebook"]
hostnames = ["hyves.nl", "=h.nl"]

[[cname_targets]]
why = "Custom domains."
sources = ["a list of 2013"]
hostnames = ["eigen.hyves.nl"]
"""

type Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text)
        return tmp_path

    return write


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in load_platform_files(folder)[1]]


def test_a_file_is_read_whole(write: Write) -> None:
    (hyves,), wrong = load_platform_files(write(hyves=HYVES))
    assert not wrong
    assert hyves.platform == Platform("hyves", "Hyves", is_on=False, checked=date(2026, 11, 23))
    (group,) = hyves.groups
    assert group.role is HostnameRole.APP
    assert group.hostnames == (parse_pattern("hyves.nl"), parse_pattern("=h.nl"))
    assert group.shared_with == ("facebook",)
    assert group.sources == ("a list of 2013",)
    assert hyves.cname_targets[0].hostnames == (parse_pattern("eigen.hyves.nl"),)


def test_platforms_come_in_the_order_of_their_names(write: Write) -> None:
    found, _ = load_platform_files(
        write(b=HYVES, a=HYVES.replace('"hyves.nl", "=h.nl"', '"krabbel.nl"'))
    )
    assert [file.name for file in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ('"app"', '"apps"', "hyves.toml, group 1 role: found 'apps'; allowed: one of app, me"),
        ('why = "The site."\n', "", "hyves.toml, group 1 why: found 'nothing'; allowed: something"),
        ("on = false", 'on = "nee"', "hyves.toml, on: found 'nee'; allowed: true or false"),
        ("2026-11-23", '"gisteren"', "hyves.toml, checked: found 'gisteren'; allowed: a date"),
        (
            "shared_with",
            "shared",
            "hyves.toml, group 1 shared: found \"['facebook']\"; allowed: no",
        ),
        ('"=h.nl"', '"nl"', "hyves.toml, group 1 hostnames 2: found 'nl'; allowed: a hostname"),
        ('"=h.nl"', "7", "hyves.toml, group 1 hostnames 2: found '7'; allowed: a hostname such"),
        (
            '["hyves.nl", "=h.nl"]',
            "[]",
            "hyves.toml, group 1 hostnames: found '[]'; allowed: at least one",
        ),
        ("title =", "title ==", "hyves.toml: found 'Invalid value (at line 2, column 8)'; allowed"),
    ],
)
def test_a_wrong_key_is_named(write: Write, right: str, wrong: str, problem: str) -> None:
    (found,) = problems(write(hyves=HYVES.replace(right, wrong, 1)))
    assert found.startswith(problem)


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "hyves.toml").write_bytes(b"title = '\xe9'")
    (found,) = problems(tmp_path)
    assert found.startswith("hyves.toml: found ")


def test_a_hostname_in_two_files_is_named(write: Write) -> None:
    assert problems(write(hyves=HYVES, sugababes=HYVES)) == [
        "sugababes.toml: found 'hyves.nl'; allowed: a hostname once; hyves.toml has it too",
        "sugababes.toml: found '=h.nl'; allowed: a hostname once; hyves.toml has it too",
    ]
