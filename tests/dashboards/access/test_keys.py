"""One secret, two keys."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from dashboards.access.keys import WebKeys, create_secret_if_missing
from schedules.problem import Refused


def test_the_keys_follow_from_the_secret_and_from_nothing_else() -> None:
    assert WebKeys.derive("one") == WebKeys.derive("one")
    assert WebKeys.derive("one") != WebKeys.derive("two")
    assert WebKeys.generate() != WebKeys.generate()


def test_neither_key_tells_the_other_and_neither_is_shown() -> None:
    keys = WebKeys.derive("one")
    assert keys.encryption.decode() not in keys.signing
    assert keys.signing not in repr(keys)


def test_the_second_encrypts() -> None:
    cipher = Fernet(WebKeys.derive("one").encryption)
    assert cipher.decrypt(cipher.encrypt(b"text")) == b"text"


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
