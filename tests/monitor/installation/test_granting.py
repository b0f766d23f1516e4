"""A file is given to a group, and nothing else is, wherever a link leads."""

import grp
import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.installation import granting
from monitor.installation.file_grants import FileGrant
from monitor.installation.granting import GrantOutcome, apply_grant
from schedules.problem import Refused

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another group")

OURS, OTHERS = "daemon", "mail"
"""Groups that every Debian has, in the place of a service's and of another program's."""


@pytest.fixture(autouse=True)
def users(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take two users of this machine for those of an installation."""
    monkeypatch.setattr(granting, "OWNERS", frozenset({"root", OURS}))
    monkeypatch.setattr(granting, "GROUPS", frozenset({"root", OURS}))
    monkeypatch.setattr(granting, "ADMINISTRATION", OURS)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text("a secret\n")
    path.chmod(0o600)
    return path


def test_a_secret_is_given_to_a_group(secret: Path) -> None:
    grant = FileGrant(secret, OURS, 0o640)
    assert apply_grant(grant) is GrantOutcome.GRANTED
    assert (secret.owner(), secret.group()) == ("root", OURS)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o640
    assert apply_grant(grant) is GrantOutcome.UNCHANGED


def test_what_is_not_there_is_nothing_to_give(tmp_path: Path) -> None:
    assert apply_grant(FileGrant(tmp_path / "absent", OURS, 0o640)) is GrantOutcome.ABSENT


def link_to(secret: Path) -> Path:
    link = secret.with_name("link")
    link.symlink_to(secret)
    return link


def second_name_of(secret: Path) -> Path:
    link = secret.with_name("link")
    link.hardlink_to(secret)
    return link


def owned_by_another(secret: Path) -> Path:
    os.chown(secret, 65534, -1)
    return secret


def of_another_group(secret: Path) -> Path:
    granting_to = grp.getgrnam(OTHERS).gr_gid
    os.chown(secret, -1, granting_to)
    return secret


def pipe_beside(secret: Path) -> Path:
    pipe = secret.with_name("pipe")
    os.mkfifo(pipe, 0o600)
    return pipe


@pytest.mark.parametrize(
    "disguise",
    [link_to, second_name_of, owned_by_another, of_another_group, pipe_beside],
    ids=lambda disguise: disguise.__name__,
)
def test_what_is_anothers_is_left(secret: Path, disguise: Callable[[Path], Path]) -> None:
    path = disguise(secret)
    before = path.stat()
    assert apply_grant(FileGrant(path, OURS, 0o640)) is GrantOutcome.LEFT
    after = path.stat()
    assert (after.st_gid, after.st_mode) == (before.st_gid, before.st_mode)


def test_a_folder_is_given_only_when_it_is_lesrusts(tmp_path: Path) -> None:
    grant = FileGrant(tmp_path, OURS, 0o2770, is_folder=True)
    assert apply_grant(grant) is GrantOutcome.LEFT, "it is root's, as /etc is"
    os.chown(tmp_path, pwd.getpwnam(OURS).pw_uid, -1)
    assert apply_grant(grant) is GrantOutcome.GRANTED
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o2770


def test_a_group_that_is_missing_is_said(secret: Path) -> None:
    with pytest.raises(Refused, match="systemd-sysusers"):
        apply_grant(FileGrant(secret, "lesrust-absent", 0o640))
