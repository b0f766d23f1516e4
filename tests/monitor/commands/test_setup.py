"""`lesrust setup`, on a machine that has no users of Lesrust; on one that has: `tests/deploy`."""

import grp
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.commands.setup import setup


def is_absent(group: str) -> bool:
    try:
        grp.getgrnam(group)
    except KeyError:
        return True
    return False


@pytest.mark.skipif(not is_absent("lesrust-key"), reason="Lesrust is installed on this machine")
def test_it_says_how_to_make_the_users(tmp_path: Path) -> None:
    config = tmp_path / "lesrust.toml"
    config.write_text('[school]\nname = "Het Voorbeeld"\n')
    ran = CliRunner().invoke(setup, ["--config", str(config)])
    assert ran.exit_code == 2
    assert "systemd-sysusers" in ran.stderr
    assert (tmp_path / "web.secret").stat().st_mode & 0o777 == 0o600
