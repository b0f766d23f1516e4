"""An account that was signed shows when somebody changed it."""

import json

import pytest

from dashboards.site.signed_account import is_unchanged, sign_account

ACCOUNT = {
    "school": "Voorbeeldschool",
    "rows": {"monitor_spentrelease": 12},
    "files": ["é.sqlite3"],
}


def test_an_account_is_as_it_was_written() -> None:
    signed = sign_account(ACCOUNT)
    assert json.loads(signed.text)["account"] == ACCOUNT
    assert is_unchanged(signed.text, signed.fingerprint)


def test_one_row_fewer_is_seen() -> None:
    signed = sign_account(ACCOUNT)
    assert not is_unchanged(signed.text.replace("12", "11"), signed.fingerprint)


def test_another_key_has_another_fingerprint() -> None:
    signed, other = sign_account(ACCOUNT), sign_account(ACCOUNT)
    assert not is_unchanged(other.text, signed.fingerprint)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"account": {}, "key": 1, "signature": ""}'])
def test_something_else_is_no_account(text: str) -> None:
    with pytest.raises(ValueError, match="no signed account"):
        is_unchanged(text, "")
