"""A secret is in a file of its own, which nobody else can read."""

import os
import stat
from pathlib import Path

import pytest

from schedules.problem import Refused
from schedules.secret import MAX_SECRET_SIZE, create_secret_if_missing, load_secret, write_secret

TOKEN = "t0ken-of-the-portal"


def test_what_is_written_is_read_back_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "zermelo.token"
    write_secret(path, "an older one")
    write_secret(path, TOKEN)
    assert load_secret(path) == TOKEN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["zermelo.token"]


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o660, 0o602])
def test_a_secret_that_others_can_read_is_refused_with_the_remedy(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "zermelo.token"
    write_secret(path, TOKEN)
    path.chmod(mode)
    with pytest.raises(Refused, match=f"mode {mode:04o}.*chmod 600") as refused:
        load_secret(path)
    assert TOKEN not in str(refused.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another")
def test_a_secret_that_root_writes_anew_stays_its_owners(tmp_path: Path) -> None:
    """An administrator links again; the service goes on reading."""
    path = tmp_path / "zermelo.token"
    write_secret(path, "an older one")
    os.chown(path, 4321, 1234)
    write_secret(path, TOKEN)
    state = path.stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (4321, 1234, 0o600)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another")
def test_the_first_that_root_writes_is_the_owners_of_the_folder(tmp_path: Path) -> None:
    os.chown(tmp_path, 4321, 1234)
    path = tmp_path / "web.secret"
    write_secret(path, TOKEN)
    state = path.stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (4321, 1234, 0o600)


def test_a_group_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "zermelo.token"
    write_secret(path, TOKEN)
    path.chmod(0o640)
    assert load_secret(path) == TOKEN


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff", b"a\nb", b"x" * (MAX_SECRET_SIZE + 1)])
def test_what_is_no_line_of_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "zermelo.token"
    write_secret(path, TOKEN)
    path.write_bytes(content)
    with pytest.raises(Refused, match="one line of text"):
        load_secret(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        load_secret(tmp_path / "absent")
    with pytest.raises(Refused, match="no such file"):
        write_secret(tmp_path / "absent" / "token", TOKEN)


def test_a_secret_is_made_once_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "web.secret"
    create_secret_if_missing(path)
    made = path.read_text()
    create_secret_if_missing(path)
    assert path.read_text() == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "web.secret"
    path.write_text("open")
    path.chmod(0o644)
    with pytest.raises(Refused, match="chmod 600"):
        create_secret_if_missing(path)


def test_of_two_processes_that_begin_at_once_the_second_takes_what_the_first_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "web.secret"
    with monkeypatch.context() as both_see_none:
        both_see_none.setattr(Path, "exists", lambda _: False)
        create_secret_if_missing(path)
        first = load_secret(path)
        create_secret_if_missing(path)
    assert load_secret(path) == first
    assert [file.name for file in tmp_path.iterdir()] == ["web.secret"]


def test_where_none_can_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a folder that can be written to"):
        create_secret_if_missing(tmp_path / "absent" / "web.secret")


def test_who_may_read_a_secret_still_may_when_another_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "token"
    write_secret(path, "an older one")
    path.chmod(0o640)
    write_secret(path, TOKEN)
    assert load_secret(path) == TOKEN
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
