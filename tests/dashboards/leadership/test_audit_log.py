"""The log, as the leadership reads it."""

import pytest
from django.test import Client

from dashboards.leadership.audit_log import ACTION_TITLES, PAGE_SIZE
from monitor.configuration import Role
from schedules import store
from schedules.models import Action
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@pytest.fixture
def leader(client: Client, lessons: None) -> Client:
    people.sign_in(client, people.account(Role.LEADERSHIP))
    return client


def test_it_says_who_did_what_and_to_which(leader: Client) -> None:
    number = people.allow("mul-now", "youtube").number
    text = leader.get("/logboek/").content.decode()
    assert "Toestemming gegeven" in text
    assert f"toestemming {number}" in text
    assert "youtube" not in text.casefold()


def test_every_action_has_its_words() -> None:
    assert ACTION_TITLES.keys() == {*Action}


def test_the_newest_comes_first_and_older_ones_on_other_pages(leader: Client) -> None:
    for turn in range(PAGE_SIZE + 1):
        store.record_audit_entry(
            Action.ACCOUNT_CHANGED, by="it", subject=f"turn {turn}.", now=people.NOW
        )
    first = leader.get("/logboek/").content.decode()
    second = leader.get("/logboek/?page=2").content.decode()
    assert f"turn {PAGE_SIZE}." in first
    assert "turn 0." in second
    assert leader.get("/logboek/?page=nonsense").status_code == 200
