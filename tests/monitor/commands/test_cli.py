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


def test_help_loads_nothing_heavy() -> None:
    """What takes long to import is imported when it runs: completion asks for this every time."""
    heavy = {"mitmproxy", "scapy", "pandas", "opendp", "django", "babel"}
    script = (
        "import sys; from monitor.commands.cli import main; "
        "main(['--help'], standalone_mode=False);"
        f"sys.exit(', '.join({heavy!r} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
