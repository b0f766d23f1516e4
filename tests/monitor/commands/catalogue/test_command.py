"""`lesrust catalogue` as an administrator uses it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.catalogue import age
from monitor.commands.catalogue.command import catalogue

HYVES = "||hyves.nl^"
INSTAGRAM = "# v2fly\ninclude:threads\ninstagram.com\ncdn.instavoorbeeld.nl\n"
HOSTS = "127.0.0.1 localhost\n0.0.0.0 pixel7.facebook.com\n0.0.0.0 voorbeeld.nl\nrubbish\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with lists and without a configuration."""
    (tmp_path / "instagram").write_text(INSTAGRAM)
    (tmp_path / "hosts").write_text(HOSTS)
    (tmp_path / "hyves").write_text(HYVES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LESRUST_CONFIG", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(catalogue, arguments)


def test_what_a_list_has_and_we_do_not_is_shown_by_platform(folder: Path) -> None:
    result = run("check", "instagram", "hosts")
    assert result.exit_code == 1
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[0] == ["platform", "hostname", "suggested", "role", "ours", "list"]
    assert rows[1:3] == [
        ["facebook", "pixel7.facebook.com", "embed", "app", "hosts"],
        ["instagram", "cdn.instavoorbeeld.nl", "media", "instagram"],
    ]
    assert result.stdout.splitlines()[-1] == "2 missing"


def test_lines_that_cannot_be_read_are_listed_and_the_others_are_held_against_ours(
    folder: Path,
) -> None:
    result = run("check", "hosts")
    assert "passed over: hosts, line 4: found 'rubbish'" in result.stderr


def test_what_cannot_be_compared_is_counted(folder: Path) -> None:
    assert "instagram: rules that cannot be compared: 1" in run("check", "instagram").stderr


def test_lines_of_json_are_for_programs(folder: Path) -> None:
    result = run("check", "--json", "instagram", "hosts")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "list": "instagram",
            "platform": "instagram",
            "hostname": "cdn.instavoorbeeld.nl",
            "suggested": "media",
            "ours": None,
        },
        {
            "list": "hosts",
            "platform": "facebook",
            "hostname": "pixel7.facebook.com",
            "suggested": "embed",
            "ours": "app",
        },
    ]


def test_a_list_with_nothing_new_ends_with_0(folder: Path) -> None:
    result = run("check", "hyves")
    assert (result.exit_code, result.stdout) == (0, "Nothing is missing.\n")


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_without_a_list_only_the_age_is_looked_at(folder: Path, arguments: tuple[str]) -> None:
    result = run("check", *arguments)
    assert (result.exit_code, result.output) == (0, "")


def test_an_old_catalogue_is_warned_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "OLD_AFTER", timedelta(days=-100_000))
    result = run("check", "hyves")
    assert result.exit_code == 0
    assert "lesrust: Instagram was checked on " in result.stderr
    assert "lesrust: The list of what hides was checked on " in result.stderr


def test_a_file_that_is_refused_ends_with_2_and_its_line(folder: Path) -> None:
    (folder / "brief").write_text("Dear sir,")
    for name, problem in [("brief", "brief, line 1: found 'Dear sir,'"), ("absent", "absent: f")]:
        result = run("check", name)
        assert result.exit_code == 2
        assert problem in result.stderr


def test_the_overlay_of_the_configuration_decides_too(folder: Path) -> None:
    (folder / "eigen.txt").write_text("- instavoorbeeld.nl\n")
    (folder / "lesrust.toml").write_text(
        '[school]\nname = "Het Voorbeeld"\n[catalogue]\noverlay = "eigen.txt"\n'
    )
    assert run("check", "instagram").exit_code == 0


def test_a_configuration_that_is_asked_for_must_be_there(folder: Path) -> None:
    result = run("check", "--config", "absent.toml")
    assert result.exit_code == 2
    assert "absent.toml" in result.stderr


def test_the_exit_codes_are_in_the_help(folder: Path) -> None:
    assert "exit code is 0 when nothing is missing, 1 when" in run("check", "--help").output


def test_a_platforms_hostnames_are_listed_by_role_with_reasons(folder: Path) -> None:
    result = run("list", "linkedin")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("LinkedIn (linkedin), on, checked on ")
    assert "  app: The site and its app." in lines
    assert any("platform.linkedin.com, badges.linkedin.com" in line for line in lines)
    assert "Instagram" not in result.output


def test_all_platforms_are_listed_those_that_are_off_too(folder: Path) -> None:
    output = run("list").output
    assert "Instagram (instagram), on" in output
    assert "WhatsApp (whatsapp), off" in output


def test_a_platform_is_found_whatever_its_case(folder: Path) -> None:
    assert run("list", "TikTok").output == run("list", "tiktok").output


def test_a_platform_that_is_unknown_is_refused_with_what_was_meant(folder: Path) -> None:
    result = run("list", "instagran")
    assert result.exit_code == 2
    assert "instagram (did you mean this?)" in result.stderr


def test_what_hides_is_listed_too(folder: Path) -> None:
    output = run("list", "--hiding").output
    assert output.startswith("What hides where somebody goes, checked on ")
    assert "dns.google" in output
    assert "8.8.8.8/32" in output
