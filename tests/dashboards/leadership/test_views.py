"""The leadership's page: what is allowed is listed, more can be, and any of it ended."""

import pytest
from django.test import Client

from monitor.configuration import Role
from schedules import store
from schedules.exemption import ExemptionScope
from schedules.models import ExemptionRow
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]

ASKED = {
    "scope": "school",
    "platforms": ["youtube"],
    "start": "2026-11-27T10:00",
    "end": "2026-11-27T12:00",
    "reason": "open dag",
}


@pytest.fixture
def leader(client: Client, lessons: None) -> Client:
    people.sign_in(client, people.account(Role.LEADERSHIP, name="yildiz"))
    return client


def test_the_school_for_a_time_with_a_reason(leader: Client) -> None:
    assert leader.post("/toestemmingen/", ASKED).status_code == 302
    [granted] = store.list_exemptions()
    exemption = granted.exemption
    assert (exemption.scope, exemption.granted_by) == (ExemptionScope.SCHOOL, "yildiz")
    assert exemption.start == people.at(10, 0).timestamp()
    assert exemption.end == people.at(12, 0).timestamp()
    text = leader.get("/toestemmingen/").content.decode()
    assert "De hele school" in text
    assert "open dag" in text


def test_a_room_of_the_timetable(leader: Client) -> None:
    leader.post("/toestemmingen/", {**ASKED, "scope": "room", "room": "1.14", "every": "on"})
    [granted] = store.list_exemptions()
    assert (granted.exemption.scope, granted.exemption.target) == (ExemptionScope.ROOM, "1.14")
    assert granted.exemption.platforms is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scope": "room", "room": ""}, "Kies een lokaal of een leerlaag"),
        ({"scope": "room", "room": "nowhere"}, "nowhere"),
        ({"platforms": []}, "Kies eerst een platform"),
        ({"end": "2026-11-27T09:00"}, "Het einde moet na het begin komen"),
        ({"end": "2028-11-27T09:00"}, "hoogstens een schooljaar"),
        ({"start": "gisteren"}, "geldige"),
        ({"reason": ""}, "verplicht"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    change: dict[str, object], said: str, leader: Client
) -> None:
    answer = leader.post("/toestemmingen/", {**ASKED, **change})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert said in text
    assert change.get("reason") == "" or "open dag" in text
    assert not ExemptionRow.objects.exists()


def test_the_leadership_ends_anything(leader: Client) -> None:
    number = people.allow("mul-now", "youtube").number
    assert "Les van h3b" in leader.get("/toestemmingen/").content.decode()
    assert leader.post(f"/toestemmingen/stop/{number}/").status_code == 302
    assert store.list_exemptions(ending_after=people.NOW) == ()
    granted = store.find_exemption(number)
    assert granted is not None
    assert granted.exemption.revoked_by == "yildiz"
