"""The command `lesrust` itself."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from click.testing import CliRunner

from monitor.commands.cli import main

COMMANDS = sorted(point.name for point in entry_points(group="lesrust.commands"))


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert all(f"\n  {command} " in result.output for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3


def test_a_command_that_is_not_there_is_refused() -> None:
    result = CliRunner().invoke(main, ["gatway"])
    assert result.exit_code == 2
    assert "gatway" in result.output


@pytest.mark.parametrize("language", ["nl", "en"])
def test_help_loads_nothing_heavy(language: str) -> None:
    """What takes long to import is imported when it runs: completion asks for this every time."""
    heavy = {"mitmproxy", "scapy", "pandas", "opendp", "django", "babel"}
    script = (
        "import sys; from monitor.commands.cli import main; "
        f"main(['--help', '--lang', {language!r}], standalone_mode=False);"
        f"sys.exit(', '.join({heavy!r} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_command_that_is_loaded_in_one_language_speaks_the_other_too() -> None:
    """Click looks some of its words up when a command is made, and not when it speaks."""
    script = (
        "from click.testing import CliRunner; from monitor.commands.cli import main\n"
        "for language in ('nl', 'en'):"
        "    print(CliRunner().invoke(main, ['check', '--help', '--lang', language]).output)"
    )
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert "--config BESTAND " in ran.stdout
    assert "--config FILE " in ran.stdout
