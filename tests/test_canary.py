"""The search for what must stand nowhere finds it in whatever form it is written."""

import base64
import hashlib

import pytest

from tests.canary import find_canaries, forms

ADDRESS, ADDRESS_6, MAC, NAME = "10.20.4.17", "2001:db8::17", "02:00:5e:aa:bb:cc", "j.jansen@school"
SECRETS = (ADDRESS, ADDRESS_6, MAC, NAME)
PACKED = bytes.fromhex("02005eaabbcc")


@pytest.mark.parametrize(
    ("written", "secret"),
    [
        (b"client 10.20.4.17: connected", ADDRESS),
        (b"\x00\x0a\x14\x04\x11\x00", ADDRESS),
        (b"key=0A140411;", ADDRESS),
        (ADDRESS.encode("utf-16-le"), ADDRESS),
        (b"20010db8000000000000000000000017", ADDRESS_6),
        (b"2001:0db8:0000:0000:0000:0000:0000:0017", ADDRESS_6),
        (b"02-00-5E-AA-BB-CC", MAC),
        (b"0200.5eaa.bbcc", MAC),
        (PACKED[::-1], MAC),
        (NAME.upper().encode(), NAME),
        (hashlib.sha256(NAME.encode()).hexdigest().encode(), NAME),
        (hashlib.md5(PACKED).digest(), MAC),
        (hashlib.blake2b(PACKED, digest_size=16).hexdigest().encode(), MAC),
    ],
)
def test_it_is_found_as_it_is_written(written: bytes, secret: str) -> None:
    found = find_canaries(written, SECRETS)
    assert found
    assert all(line.startswith(f"{secret} as ") for line in found)


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
@pytest.mark.parametrize("secret", [ADDRESS_6, MAC, NAME])
def test_it_is_found_in_base64_wherever_it_begins(secret: str, before: bytes) -> None:
    assert find_canaries(base64.b64encode(before + secret.encode() + b" and more"), [secret])


def test_what_is_not_written_is_not_found() -> None:
    written = b"10.20.4.170.1 2001:db8::1 02:00:5e:aa:bb:cd j.jans" + bytes(range(256)) * 4
    assert find_canaries(written, [ADDRESS_6, MAC, NAME]) == []


def test_no_form_is_so_short_that_chance_writes_it() -> None:
    assert min(len(form) for secret in SECRETS for form in forms(secret)) >= 4
