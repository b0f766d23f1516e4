"""Two of the directie press the button at the same moment: both read what came of it."""

import re
from functools import partial

import pytest
from django.test import Client

from monitor.configuration import Role
from monitor.store.guarded.confirmations import find_confirmation
from schedules.models import Action, AuditEntry
from tests.at_once import do_at_once
from tests.dashboards import people
from tests.dashboards.confirming.conftest import Change

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]

ROUNDS = 10
PEOPLE = ("yildiz", "de-wit")
CONFIRMED = "Bevestigd. De sensoren lezen het binnen een seconde."
WAS_CONFIRMED = "Er wacht niets meer: deze instellingen zijn al bevestigd. U hoeft niets te doen."


@pytest.fixture
def db(living_store: None) -> None:
    """Let what asks for a store have this one, where threads see what others did."""


def read(client: Client) -> str:
    return client.get("/instellingen/").content.decode()


def press(client: Client, shown: str) -> int:
    """Press the button, and give the status of the answer."""
    return client.post("/instellingen/bevestigen/", {"shown": shown}).status_code


def test_one_confirms_and_the_other_reads_that_it_was_done(change: Change) -> None:
    clients = [Client() for _ in PEOPLE]
    for client, name in zip(clients, PEOPLE, strict=True):
        people.sign_in(client, people.account(Role.DIRECTIE, name=name), confirmed=True)
    for number in range(ROUNDS):
        settings = change(f"[privacy]\nepsilon = {0.9 - number / 20}\n")
        shown = [re.findall(r'name="shown" value="([^"]+)"', read(client))[0] for client in clients]
        presses = zip(clients, shown, strict=True)
        statuses = do_at_once([partial(press, client, text) for client, text in presses])
        assert statuses == [302, 302]
        texts = [read(client) for client in clients]
        assert sorted((CONFIRMED in text, WAS_CONFIRMED in text) for text in texts) == [
            (False, True),
            (True, False),
        ]
        first = next(by for by, text in zip(PEOPLE, texts, strict=True) if CONFIRMED in text)
        assert all(f", door {first}." in text for text in texts)
        assert find_confirmation(settings).by == first
        entries = AuditEntry.objects.filter(action=Action.SETTINGS_CONFIRMED)
        assert entries.count() == number + 1
        last = entries.latest("pk")
        assert (last.subject, last.by) == ("[privacy]", first)
