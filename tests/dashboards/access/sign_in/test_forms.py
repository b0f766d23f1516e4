"""A code of an authenticator app is used once, wherever and by whomever it is typed again."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from dashboards.models import Account
from monitor.configuration import Role
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]
PERIOD = 30
"""Seconds that a code lasts."""


@pytest.fixture
def secret() -> str:
    return str(generate_totp_secret())


@pytest.fixture
def visser() -> Account:
    return people.account(Role.IT, name="visser")


def code(secret: str, later: int = 0) -> str:
    """Give what an app shows now, or some codes later: one later is taken too."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + later)))


def is_let_in(client: Client, typed: str) -> bool:
    """Sign in with a password and a code, and tell whether that worked."""
    client.post(reverse("account_login"), {"login": "visser", "password": people.PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": typed})
    return "_auth_user_id" in client.session


def test_a_code_lets_in_once(visser: Account, secret: str) -> None:
    TOTP.activate(visser, secret)
    first, second = code(secret), code(secret, later=1)
    assert is_let_in(Client(), first)
    assert not is_let_in(Client(), first)
    assert not is_let_in(Client(), f"{first[:3]} {first[3:]}")
    assert is_let_in(Client(), second)


def test_the_code_that_set_up_an_app_lets_nobody_in(visser: Account) -> None:
    client = Client()
    people.sign_in(client, visser, confirmed=True)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    typed = code(secret)
    client.post(reverse("mfa_activate_totp"), {"code": typed})
    assert Authenticator.objects.filter(type="totp").exists()
    assert not is_let_in(Client(), typed)
    assert is_let_in(Client(), code(secret, later=1))


def test_a_code_in_reserve_lets_in_once(visser: Account) -> None:
    people.secure(visser)
    reserve = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert is_let_in(Client(), reserve[0])
    assert not is_let_in(Client(), reserve[0])
    assert is_let_in(Client(), reserve[1])
