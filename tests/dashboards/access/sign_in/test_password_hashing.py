"""Checking passwords takes bounded memory, however many try."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError, Lock

import pytest
from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    check_password,
    identify_hasher,
    make_password,
)

from dashboards.access.sign_in.password_hashing import AT_ONCE, BoundedArgon2Hasher

PASSWORD = "correct horse battery"


def test_a_hash_takes_nineteen_mebibytes() -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_from_before_is_checked_and_made_anew() -> None:
    before = Argon2PasswordHasher().encode(PASSWORD, "some salt of ours")
    made: list[str] = []
    assert check_password(PASSWORD, before, setter=made.append)
    assert made == [PASSWORD]
    assert not check_password("a guess", before)
    assert identify_hasher(before).must_update(before)


def test_only_so_many_are_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    together, most, lock = 0, 0, Lock()
    meeting = Barrier(AT_ONCE + 1)

    def check(*_: object) -> bool:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        try:
            meeting.wait(timeout=0.2)  # one more than may be here: they never meet
        except BrokenBarrierError:
            meeting.reset()
        with lock:
            together -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", check)
    with ThreadPoolExecutor(4 * AT_ONCE) as threads:
        guesses = [
            threads.submit(BoundedArgon2Hasher().verify, "a guess", "") for _ in range(4 * AT_ONCE)
        ]
        assert all(guess.result() for guess in guesses)
    assert most == AT_ONCE
