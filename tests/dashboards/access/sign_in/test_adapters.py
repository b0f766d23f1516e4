"""Failed attempts are counted by account and source, so that guessing is slow and locks nobody."""

from base64 import b64encode
from ipaddress import ip_address

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from dashboards.models import CacheEntry
from monitor.configuration import Role
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]
ATTEMPTS = 5
"""In five minutes, for an account from one source."""


def sign_in(
    client: Client, password: str, source: str, host: str = "localhost", name: str = "mulder"
) -> bool:
    """Try to sign in, and tell whether that worked."""
    client.post(
        reverse("account_login"),
        {"login": name, "password": password},
        REMOTE_ADDR=source,
        HTTP_HOST=host,
    )
    return "_auth_user_id" in client.session


@pytest.fixture(autouse=True)
def mulder() -> None:
    people.account(Role.TEACHER, name="mulder")


def guess_too_often(client: Client, source: str, name: str = "mulder") -> None:
    for _ in range(ATTEMPTS):
        assert not sign_in(client, "a guess", source, name=name)


def sign_out(client: Client) -> None:
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def in_store() -> str:
    """Give everything that the store has of attempts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dashboards_cacheentry")
        return repr(cursor.fetchall())


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


def test_a_device_that_she_signed_in_on_does_not_wait_for_what_others_try(client: Client) -> None:
    """A pupil at the same address of the school locks no teacher out of her own telephone."""
    assert sign_in(client, people.PASSWORD, "10.0.0.7")
    sign_out(client)
    guess_too_often(Client(), "10.0.0.7")
    assert not sign_in(Client(), people.PASSWORD, "10.0.0.7")
    assert sign_in(client, people.PASSWORD, "10.0.0.7")


def test_nor_when_the_address_has_tried_everybodys_accounts(client: Client) -> None:
    assert sign_in(client, people.PASSWORD, "10.0.0.7")
    sign_out(client)
    for number in range(60):
        sign_in(Client(), "a guess", "10.0.0.7", name=f"somebody-{number}")
    people.account(Role.TEACHER, name="bakker")
    assert not sign_in(Client(), people.PASSWORD, "10.0.0.7", name="bakker")
    assert sign_in(client, people.PASSWORD, "10.0.0.7")


def test_a_known_device_gives_no_more_guesses_than_another(client: Client) -> None:
    assert sign_in(client, people.PASSWORD, "10.0.0.7")
    sign_out(client)
    guess_too_often(client, "10.0.0.7")
    assert not sign_in(client, people.PASSWORD, "10.0.0.9")


def test_a_known_device_is_that_of_one_account(client: Client) -> None:
    people.account(Role.TEACHER, name="bakker")
    assert sign_in(client, people.PASSWORD, "10.0.0.7", name="bakker")
    sign_out(client)
    guess_too_often(Client(), "10.0.0.7")
    assert not sign_in(client, people.PASSWORD, "10.0.0.7")


def test_a_device_cannot_say_itself_that_it_is_known(client: Client) -> None:
    guess_too_often(client, "10.0.0.7")
    client.cookies[settings.DEVICE_COOKIE_NAME] = "made-up.mulder:1wAbCd:made-up"
    assert not sign_in(client, people.PASSWORD, "10.0.0.7")


def test_the_cookie_of_a_device_names_nobody(client: Client) -> None:
    assert sign_in(client, people.PASSWORD, "10.0.0.7")
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert "mulder" not in cookie.value
    assert cookie["httponly"]


@pytest.mark.parametrize("source", ["10.20.30.40", "2001:db8:aa:bb::7"])
def test_no_address_and_no_name_is_kept_of_who_tried(source: str, client: Client) -> None:
    guess_too_often(client, source)
    kept, packed = in_store(), ip_address(source).packed
    assert CacheEntry.objects.count() == 2
    for trace in (source, source.partition("::")[0], packed.hex(), "mulder"):
        assert trace not in kept
        assert b64encode(trace.encode()).decode()[:8] not in kept


def test_who_has_tried_is_known_to_every_process_and_after_a_restart(client: Client) -> None:
    """It stands in the store: nothing of it is in the memory of the process that counted it."""
    guess_too_often(client, "10.0.0.7")
    CacheEntry.objects.all().delete()
    assert sign_in(client, people.PASSWORD, "10.0.0.7")


def test_empty_posts_neither_fill_nor_empty_what_is_kept(client: Client) -> None:
    guess_too_often(client, "10.0.0.7")
    before = in_store()
    for number in range(400):
        client.post(
            reverse("account_login"), {}, REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}"
        )
    assert in_store() == before
    assert not sign_in(client, people.PASSWORD, "10.0.0.7")
