"""Changing one's own password: with the old one, a good new one, and everybody else signed out."""

import pytest
from django.test import Client

from monitor.configuration import Role
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]
ADDRESS = "/beveiliging/wachtwoord/"
NEW = "paard batterij nietje goed"


@pytest.fixture
def visser(client: Client) -> Client:
    people.sign_in(client, people.account(Role.IT, name="visser"))
    return client


def change(client: Client, old: str, new: str, again: str = "") -> int:
    form = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(ADDRESS, form).status_code


def signs_in(password: str) -> bool:
    answer = Client().post("/inloggen/", {"login": "visser", "password": password})
    return answer.status_code == 302


def test_the_new_one_signs_in_and_the_old_one_does_not(visser: Client) -> None:
    assert change(visser, people.PASSWORD, NEW) == 302
    assert signs_in(NEW)
    assert not signs_in(people.PASSWORD)


def test_whoever_else_was_signed_in_with_it_is_signed_out(visser: Client) -> None:
    other = Client()
    other.post("/inloggen/", {"login": "visser", "password": people.PASSWORD})
    assert other.get("/beheer/").status_code == 200
    change(visser, people.PASSWORD, NEW)
    assert other.get("/beheer/").status_code == 302
    assert visser.get("/beheer/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", NEW, "", "Geef uw huidige wachtwoord op."),
        (people.PASSWORD, "kort", "", "te kort"),
        (people.PASSWORD, NEW, "anders", "Vul twee keer hetzelfde wachtwoord in."),
    ],
)
def test_what_is_refused_is_said(old: str, new: str, again: str, said: str, visser: Client) -> None:
    form = {"oldpassword": old, "password1": new, "password2": again or new}
    assert said in visser.post(ADDRESS, form).content.decode()
    assert signs_in(people.PASSWORD)


def test_whoever_signs_in_with_the_provider_has_none(client: Client) -> None:
    account = people.account(Role.IT)
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    assert client.get(ADDRESS).status_code == 404
