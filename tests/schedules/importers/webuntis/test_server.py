"""Asking a WebUntis server, for which a local one stands in."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from webuntis import errors

from schedules.calendar import DateRange
from schedules.importers.server_trouble import ServerTrouble, Trouble
from schedules.importers.webuntis import server as webuntis_server
from schedules.importers.webuntis.server import ATTEMPTS, Account, Server
from schedules.importers.webuntis.timetable import Answers
from tests.schedules.cast import TUESDAY
from tests.schedules.importers.webuntis.stand_in import (
    PASSWORD,
    SCHOOL,
    SESSION,
    USER,
    StandIn,
    period,
    standing_in,
)

DAY = DateRange(TUESDAY, TUESDAY)
ACCOUNT = Account(school=SCHOOL, user=USER)


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as one:
        yield one


def ask(server: StandIn, days: DateRange = DAY, password: str = PASSWORD) -> Answers:
    return Server(server.address, ACCOUNT, password, wait=lambda _: 0.0).answers(days)


def trouble(server: StandIn, password: str = PASSWORD) -> Trouble:
    with pytest.raises(ServerTrouble) as raised:
        ask(server, password=password)
    error = raised.value
    assert password not in f"{error} {error!r} {error.trouble}"
    assert not [each for each in _behind(error) if isinstance(each, errors.Error)]
    return error.trouble


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and those that it came of: the library's would hold the password."""
    while error is not None:
        yield error
        error = error.__context__


def test_the_answers_of_some_days(server: StandIn) -> None:
    answers = ask(server)
    assert list(answers.rows) == [period()]
    assert answers.rooms == server.lists["getRooms"]
    assert answers.days == DAY


def test_classes_are_asked_for_and_never_pupils(server: StandIn) -> None:
    ask(server)
    assert [(asked["type"], asked["id"]) for asked in server.asked("getTimetable")] == [
        (1, 31),
        (1, 32),
    ]
    assert "getStudents" not in {method for method, _ in server.calls}


def test_no_secret_is_in_an_address_or_a_log(
    server: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.errors["getRooms"] = [-8520]
    ask(server)
    assert {*server.paths} == {"/WebUntis/jsonrpc.do?school=voorbeeld+%26+zoon"}
    assert PASSWORD not in caplog.text
    assert SESSION not in caplog.text
    asked = Server(server.address, ACCOUNT, PASSWORD)
    assert PASSWORD not in repr(asked)


def test_the_session_is_ended(server: StandIn) -> None:
    ask(server)
    assert server.calls[0][0] == "authenticate"
    assert server.calls[-1][0] == "logout"
    server.errors["getRooms"] = [-8509]
    trouble(server)
    assert server.calls[-1][0] == "logout"


def test_a_session_that_is_gone_is_begun_again(server: StandIn) -> None:
    server.errors["getTimetable"] = [-8520]
    assert list(ask(server).rows) == [period()]
    assert len(server.asked("authenticate")) == 2
    server.errors["getTimetable"] = [-8520] * ATTEMPTS
    assert trouble(server) == webuntis_server.ENDED


def test_a_year_is_asked_in_pieces_and_only_of_its_school_years(server: StandIn) -> None:
    server.lists["getKlassen"] = [{"id": 31, "name": "h3a"}]
    server.lists["getSchoolyears"] = [
        {"id": 2, "startDate": 20270801, "endDate": 20280731},
        {"id": 1, "startDate": 20260801, "endDate": 20270720},
    ]
    days = DateRange(date(2027, 7, 1), date(2027, 8, 4))
    assert ask(server, days).days == days
    spans = [(asked["startDate"], asked["endDate"]) for asked in server.asked("getTimetable")]
    assert spans == [(20270701, 20270720), (20270801, 20270804)]
    assert [asked["schoolyearId"] for asked in server.asked("getKlassen")] == [1, 2]


def test_days_that_may_not_be_seen_are_not_spoken_of(server: StandIn) -> None:
    server.shown_until = 20261110
    answers = ask(server, DateRange(TUESDAY, TUESDAY + timedelta(days=60)))
    assert answers.days == (TUESDAY, date(2026, 11, 2))
    assert list(answers.rows) == [period()]
    server.shown_until = 20261001
    assert trouble(server) == webuntis_server.NO_DAYS


def test_a_wrong_password_is_tried_once(server: StandIn) -> None:
    assert trouble(server, "another").passes is False
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_passes_is_asked_again(server: StandIn, status: int) -> None:
    server.failures = [(status, b"")] * (ATTEMPTS - 1)
    assert list(ask(server).rows) == [period()]
    server.failures = [(status, b"")] * ATTEMPTS
    assert trouble(server) == webuntis_server.DOWN


def test_a_server_that_is_not_there_is_a_trouble_that_passes() -> None:
    with pytest.raises(ServerTrouble) as raised:
        Server("http://127.0.0.1:1", ACCOUNT, PASSWORD, wait=lambda _: 0.0).answers(DAY)
    assert raised.value.trouble == webuntis_server.DOWN


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Onderhoud</html>",
        b'{"jsonrpc":"2.0","id":',
        b'{"id":"another","result":{"sessionId":"x"}}',
        b"[]",
        b"5",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_another_answer_is_not_understood(server: StandIn, body: bytes) -> None:
    server.failures = [(200, body)] * ATTEMPTS
    assert trouble(server) == webuntis_server.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("getSchoolyears", []),
        ("getSchoolyears", [{"id": None}]),
        ("getKlassen", {"id": 31}),
        ("getKlassen", [31]),
        ("getKlassen", [{"id": 31}] * 1001),
    ],
)
def test_another_list_is_not_understood(server: StandIn, method: str, answer: object) -> None:
    server.lists[method] = answer
    assert trouble(server) == webuntis_server.NOT_UNDERSTOOD


def test_the_password_does_not_follow_to_another_address(server: StandIn) -> None:
    server.failures = [(307, b"")] * ATTEMPTS
    assert trouble(server) == webuntis_server.NOT_UNDERSTOOD


@pytest.mark.parametrize("bound", ["LARGEST_ANSWER", "MOST_ROWS"])
def test_an_answer_without_end_is_not_read(
    server: StandIn, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(webuntis_server, bound, 0)
    assert trouble(server) == webuntis_server.NOT_UNDERSTOOD


def test_a_user_without_rights_is_told() -> None:
    with standing_in() as server:
        server.errors["getTeachers"] = [-8509]
        assert trouble(server) == webuntis_server.NO_RIGHTS


def test_an_address_that_is_not_safe_is_refused() -> None:
    with pytest.raises(ServerTrouble) as raised:
        Server("http://school.webuntis.com", ACCOUNT, PASSWORD)
    assert raised.value.trouble == webuntis_server.NOT_SAFE
