"""A second person reads what changed, and confirms it; nobody else does, and nobody by accident."""

import re

import pytest
from django.test import Client

from monitor.configuration import Configuration, Role
from monitor.store.guarded.confirmations import find_confirmation
from schedules.models import Action, AuditEntry
from tests.dashboards import people
from tests.dashboards.confirming.conftest import Change

pytestmark = [pytest.mark.store, pytest.mark.django_db]

LOWER = "[privacy]\nepsilon = 0.5\n"
PLACE = '[[place]]\nprefixes = ["10.2.4.0/24"]\nroom = "B204"\n'


def signed_in(*roles: Role, confirmed: bool = True) -> Client:
    client = Client()
    account = people.account(*roles, name="yildiz")
    people.sign_in(client, account, confirmed=confirmed)
    return client


def read(client: Client, address: str = "/instellingen/") -> str:
    return client.get(address).content.decode()


def press(client: Client) -> str:
    """Press the button of the page, and give what stands there afterwards."""
    (shown,) = re.findall(r'name="shown" value="([^"]+)"', read(client))
    answer = client.post("/instellingen/bevestigen/", {"shown": shown}, follow=True)
    return answer.content.decode()


def waiting(settings: Configuration) -> tuple[str, ...]:
    return find_confirmation(settings).changed


@pytest.mark.parametrize("role", [Role.DIRECTIE, Role.LEADERSHIP])
def test_the_directie_and_the_leadership_confirm_in_two_taps(role: Role, change: Change) -> None:
    settings = change(LOWER + PLACE)
    client = signed_in(role)
    text = read(client)
    assert "Een wijziging van het verlies van bescherming (ε) en plaatsen wacht" in text
    assert "ε wordt 0,5; bevestigd was 1." in text
    assert "Bevestigd. De sensoren lezen het binnen een seconde." in press(client)
    assert waiting(settings) == ()
    entries = AuditEntry.objects.filter(action=Action.SETTINGS_CONFIRMED)
    assert [(entry.subject, entry.by) for entry in entries] == [
        ("[privacy]", "yildiz"),
        ("[place]", "yildiz"),
    ]
    text = read(client)
    assert "Er wacht niets op u." in text
    assert ", door yildiz." in text


def test_where_nothing_waits_there_is_nothing_to_press(change: Change) -> None:
    text = read(signed_in(Role.DIRECTIE))
    assert "Er wacht niets op u." in text
    assert "instellingen/bevestigen" not in text


def test_whoever_is_of_it_too_is_no_second_person(change: Change) -> None:
    settings = change(PLACE)
    client = signed_in(Role.DIRECTIE, Role.IT)
    text = read(client)
    assert "Iemand anders moet dit bevestigen." in text
    assert "<form" not in text.split("</main>")[0]
    shown = find_confirmation(settings).shown
    assert client.post("/instellingen/bevestigen/", {"shown": shown}).status_code == 403
    assert waiting(settings) == ("[place]",)


def test_a_password_is_asked_and_then_it_is_done(change: Change) -> None:
    settings = change(PLACE)
    client = signed_in(Role.DIRECTIE, confirmed=False)
    text = press(client)
    assert "Wachtwoord" in text
    assert waiting(settings) == ("[place]",)
    address = "/bevestigen/?next=/instellingen/bevestigen/"
    answer = client.post(address, {"password": "wrong"})
    assert answer.status_code == 200
    assert waiting(settings) == ("[place]",)
    client.post(address, {"password": people.PASSWORD}, follow=True)
    assert waiting(settings) == ()


def test_who_had_to_sign_in_elsewhere_first_comes_back_to_what_there_is_to_read(
    change: Change,
) -> None:
    settings = change(PLACE)
    client = signed_in(Role.DIRECTIE)
    answer = client.get("/instellingen/bevestigen/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/instellingen/")
    assert waiting(settings) == ("[place]",)


def test_nobody_confirms_what_changed_after_she_read_it(change: Change) -> None:
    change(PLACE)
    client = signed_in(Role.DIRECTIE)
    (shown,) = re.findall(r'name="shown" value="([^"]+)"', read(client))
    settings = change(PLACE.replace("10.2.4.0/24", "10.2.4.7/32"))
    answer = client.post("/instellingen/bevestigen/", {"shown": shown}, follow=True)
    assert "De instellingen zijn intussen veranderd." in answer.content.decode()
    assert waiting(settings) == ("[place]",)


@pytest.mark.parametrize(
    ("role", "page"), [(Role.DIRECTIE, "/cijfers/"), (Role.LEADERSHIP, "/toestemmingen/")]
)
def test_the_page_that_she_begins_on_says_that_something_waits(
    role: Role, page: str, change: Change
) -> None:
    client = signed_in(role)
    notice = "Een wijziging van plaatsen wacht op bevestiging door directie of schoolleiding"
    assert notice not in read(client, page)
    change(PLACE)
    assert notice in read(client, page)
    assert "Lees wat er veranderd is, en bevestig het" in read(client, page)
    change("")
    assert notice not in read(client, page)


def test_the_page_of_it_says_so_too_with_what_to_do(change: Change) -> None:
    change(PLACE)
    text = read(signed_in(Role.IT), "/beheer/")
    assert "Een wijziging van plaatsen wacht op bevestiging" in text
    assert "onder Instellingen; of zet de instellingen terug" in text


def test_the_log_of_the_leadership_says_who_confirmed(change: Change) -> None:
    change(PLACE)
    client = signed_in(Role.LEADERSHIP)
    press(client)
    log = read(client, "/logboek/")
    assert "Instellingen bevestigd" in log
    assert "Eerste instellingen vastgelegd" in log
