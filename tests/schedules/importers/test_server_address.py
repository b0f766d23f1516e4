"""Only to a safe address goes a secret."""

import pytest

from schedules.importers.server_address import base


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://school.example", "https://school.example"),
        ("https://school.example/WebUntis/?", "https://school.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/x", "http://[::1]:8080"),
        ("http://school.example", None),
        ("school.example", None),
        ("https://", None),
        ("https://user@school.example", None),
        ("https://school.example?school=x", None),
        ("https://[", None),
        ("https://school.example:99999", None),
        ("ftp://school.example", None),
    ],
)
def test_an_address(address: str, safe: str | None) -> None:
    assert base(address) == safe
