"""A teacher's page, without a browser: what is stored by a tap, and what a refused tap says."""

import re
import time

import pytest
from django.test import Client

from monitor.configuration import Role
from monitor.store import record_sensor
from schedules import store
from schedules.lesson import LessonStatus
from schedules.models import AuditEntry, ExemptionRow
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@pytest.fixture
def mulder(client: Client, lessons: None) -> Client:
    """Have MUL signed in, in her lesson."""
    people.sign_in(client, people.account(Role.TEACHER))
    return client


def allow(client: Client, *platforms: str, lesson: str = "mul-now", **more: str) -> int:
    data = {"lesson": lesson, "platform": list(platforms), **more}
    return client.post("/les/toestaan/", data).status_code


def test_a_tap_allows_from_the_start_of_the_lesson(mulder: Client) -> None:
    assert allow(mulder, "youtube") == 302
    [granted] = store.list_exemptions_for(["mul-now"])
    assert granted.platforms == frozenset({"youtube"})
    assert (granted.granted_by, granted.start, granted.end) == ("MUL", None, None)
    assert AuditEntry.objects.get(action="exemption.granted").by == "MUL"


def test_a_tap_twice_on_a_slow_network_allows_once(mulder: Client) -> None:
    allow(mulder, "youtube")
    assert allow(mulder, "youtube") == 302
    assert ExemptionRow.objects.count() == 1


def test_she_can_allow_everything_from_now_with_a_reason(mulder: Client) -> None:
    allow(mulder, all="1", from_now="1", reason="  werkstuk ")
    [granted] = store.list_exemptions_for(["mul-now"])
    assert granted.platforms is None
    assert granted.start == people.NOW
    assert granted.reason == "werkstuk"


def test_a_lesson_of_next_week_can_be_allowed_now(mulder: Client) -> None:
    allow(mulder, "x", lesson="mul-now+7")
    assert store.list_exemptions_for(["mul-now+7"])


@pytest.mark.parametrize(
    ("lesson", "platforms", "reason", "said"),
    [
        ("mul-now", (), "blijft staan", "Kies eerst een platform"),
        ("mul-now", ("unheard-of",), "", "Kies eerst een platform"),
        ("mul-now", ("x",), "r" * 201, "De reden is te lang"),
        ("mul-gone", ("x",), "", "De les vervalt"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    lesson: str, platforms: tuple[str, ...], reason: str, said: str, mulder: Client
) -> None:
    data = {"lesson": lesson, "platform": list(platforms), "reason": reason}
    answer = mulder.post("/les/toestaan/", data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert said in text
    assert lesson == "mul-gone" or f'value="{reason}"' in text
    assert not ExemptionRow.objects.exists()


def test_stopping_ends_it_now_and_twice_is_no_fault(mulder: Client) -> None:
    number = people.allow("mul-now", "youtube").number
    for _ in range(2):
        assert mulder.post(f"/les/stop/{number}/").status_code == 302
    granted = store.find_exemption(number)
    assert granted is not None
    assert granted.exemption.revoked_at == people.NOW
    assert granted.exemption.revoked_by == "MUL"


def test_another_teachers_lesson_does_not_exist(mulder: Client) -> None:
    theirs = people.allow("pie-now", "youtube").number
    text = mulder.get("/les/").content.decode()
    assert "015" not in text
    nothing, other = mulder.post("/les/stop/4711/"), mulder.post(f"/les/stop/{theirs}/")
    assert (nothing.status_code, other.status_code) == (404, 404)
    assert without_token(other.content.decode()) == without_token(nothing.content.decode())


def without_token(text: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"/les/stop/\d+/", "", text)


def test_the_permission_goes_where_the_lesson_goes(mulder: Client) -> None:
    allow(mulder, "youtube")
    moved = people.lesson("mul-now", 11, 0, rooms=("2.20",), status=LessonStatus.MOVED)
    store.import_timetable([moved], source="test", by="test", now=people.NOW, zone=people.AMSTERDAM)
    text = mulder.get("/les/").content.decode()
    assert "2.20" in text
    assert "toegestaan van 11:00 tot 11:50" in text


def test_a_teacher_without_a_code_is_told_whom_to_ask(client: Client, lessons: None) -> None:
    account = people.account(Role.TEACHER)
    account.code = ""
    account.save()
    people.sign_in(client, account)
    text = client.get("/les/").content.decode()
    assert "nog niet gekoppeld" in text
    assert allow(client, "youtube") == 404


def test_it_is_active_when_the_sensor_says_so(mulder: Client) -> None:
    number = people.allow("mul-now", "youtube").number
    path = f"/les/actief/{number}/"
    assert "er draait geen sensor" in mulder.get(path).content.decode()
    record_sensor("gateway", store.current_version() - 1, time.time())
    waiting = mulder.get(path).content.decode()
    assert "hx-get" in waiting
    assert "Actief" not in waiting
    record_sensor("gateway", store.current_version(), time.time())
    active = mulder.get(path).content.decode()
    assert "Actief in het netwerk" in active
    assert "hx-get" not in active
