"""The store tells nobody's session, and has none of whoever has not signed in."""

import time
from base64 import b64encode
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dashboards.access.session_store import CARRIED_LIFETIME, SessionStore
from dashboards.models import Account
from monitor.configuration import Role
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def visser() -> Account:
    return people.account(Role.IT, name="visser")


@pytest.fixture
def signed_in(client: Client, visser: Account) -> Client:
    data = {"login": "visser", "password": people.PASSWORD}
    assert client.post(reverse("account_login"), data).status_code == 302
    return client


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("mfa_index")).status_code == 200


def test_the_key_of_a_session_is_not_in_the_store(signed_in: Client) -> None:
    key = key_of(signed_in)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_session")
        rows = repr(cursor.fetchall())
    assert is_signed_in(signed_in)
    for trace in (key, key.encode().hex(), b64encode(key.encode()).decode()):
        assert trace not in rows


def test_whoever_reads_the_store_is_nobody_by_it(signed_in: Client) -> None:
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().pk
    assert not is_signed_in(thief)
    assert is_signed_in(signed_in)


def test_a_session_is_gone_when_she_signs_out(signed_in: Client) -> None:
    key = key_of(signed_in)
    signed_in.post(reverse("account_logout"))
    assert Session.objects.count() == 0
    signed_in.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_signed_in(signed_in)


def test_a_session_that_is_over_is_nobodys(signed_in: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(signed_in)


def test_signing_in_makes_a_new_key(client: Client, visser: Account) -> None:
    """A key that somebody else planted in her browser opens nothing afterwards."""
    planted = SessionStore()
    planted["from"] = "somebody else"
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    client.post(reverse("account_login"), {"login": "visser", "password": people.PASSWORD})
    assert is_signed_in(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "name",
    ["home", "account_login", "transparency", "accessibility", "mfa_login_webauthn", "lesson"],
)
def test_asking_for_pages_leaves_nothing(name: str, client: Client) -> None:
    client.get(reverse(name))
    client.get(reverse(name), **AJAX)  # type: ignore[arg-type]  # headers
    client.post(reverse(name), {"login": "nobody", "password": "a guess"})
    assert Session.objects.count() == 0


def test_what_a_passkey_has_to_sign_is_carried_by_the_browser(client: Client) -> None:
    options = client.get(reverse("mfa_login_webauthn"), **AJAX).json()  # type: ignore[arg-type]
    challenge = options["request_options"]["publicKey"]["challenge"]
    assert client.session["mfa.webauthn.state"]["challenge"] == challenge
    assert Session.objects.count() == 0


def test_whoever_gave_her_password_and_no_second_factor_yet_is_somebody(
    client: Client, visser: Account
) -> None:
    people.secure(visser)
    client.post(reverse("account_login"), {"login": "visser", "password": people.PASSWORD})
    assert Session.objects.count() == 1
    assert not is_signed_in(client)


def carried() -> str:
    session = SessionStore()
    session["state"] = "of one on her way"
    session.save()
    return str(session.session_key)


def test_what_is_carried_comes_back() -> None:
    assert SessionStore(carried())["state"] == "of one on her way"


def test_what_is_carried_is_signed() -> None:
    key = carried()
    assert SessionStore(f"{key[:-1]}{'A' if key[-1] != 'A' else 'B'}").get("state") is None
    assert SessionStore(f"x{key}").get("state") is None


def test_what_is_carried_is_soon_over(monkeypatch: pytest.MonkeyPatch) -> None:
    key, now = carried(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + CARRIED_LIFETIME.total_seconds() + 2)
    assert SessionStore(key).get("state") is None


def test_what_two_visitors_carry_is_not_the_same() -> None:
    """Of one second, and with the same in it; each of them may sign in."""
    first, second = carried(), carried()
    assert first != second
    SessionStore(first).cycle_key()
    SessionStore(second).cycle_key()


def test_what_is_carried_signs_somebody_in_once() -> None:
    """Who has an old cookie, and what a passkey signed for it, comes too late."""
    key = carried()
    SessionStore(key).cycle_key()
    with pytest.raises(SuspiciousOperation):
        SessionStore(key).cycle_key()
