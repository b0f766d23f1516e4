"""Failed attempts are counted by account and source, so that guessing is slow and locks nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from monitor.configuration import Role
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]
ATTEMPTS = 5
"""In five minutes, for an account from one source."""


def sign_in(client: Client, password: str, source: str, host: str = "localhost") -> bool:
    """Try to sign in as MUL, and tell whether that worked."""
    client.post(
        reverse("account_login"),
        {"login": "mulder", "password": password},
        REMOTE_ADDR=source,
        HTTP_HOST=host,
    )
    return "_auth_user_id" in client.session


@pytest.fixture(autouse=True)
def mulder() -> None:
    people.account(Role.TEACHER, name="mulder")


def guess_too_often(client: Client, source: str) -> None:
    for _ in range(ATTEMPTS):
        assert not sign_in(client, "a guess", source)


def test_after_some_guesses_even_the_right_password_has_to_wait(client: Client) -> None:
    guess_too_often(client, "10.0.0.7")
    assert not sign_in(client, people.PASSWORD, "10.0.0.7")


def test_whoever_guesses_elsewhere_locks_nobody_out(client: Client) -> None:
    guess_too_often(client, "10.0.0.7")
    assert sign_in(client, people.PASSWORD, "10.0.0.8")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost:9467"])
def test_another_name_for_the_site_gives_no_new_guesses(host: str, client: Client) -> None:
    guess_too_often(client, "10.0.0.7")
    assert not sign_in(client, people.PASSWORD, "10.0.0.7", host)


def test_addresses_of_one_network_of_ipv6_are_one_source(client: Client) -> None:
    guess_too_often(client, "2001:db8:1:2::7")
    assert not sign_in(client, people.PASSWORD, "2001:db8:1:2::8")
    assert sign_in(client, people.PASSWORD, "2001:db8:1:3::8")
