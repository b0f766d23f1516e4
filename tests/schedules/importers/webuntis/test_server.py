"""Asking a WebUntis server, for which a local one stands in."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from schedules.calendar import DateRange
from schedules.importers.shared.failure import FailureCause, ServerFailure
from schedules.importers.shared.server import ATTEMPTS
from schedules.importers.webuntis import failures, session
from schedules.importers.webuntis import server as webuntis_server
from schedules.importers.webuntis.account import WebUntisAccount
from schedules.importers.webuntis.periods import WebUntisAnswers
from schedules.importers.webuntis.server import WebUntisServer
from schedules.importers.webuntis.session import rpc_url
from tests.schedules.cast import TUESDAY
from tests.schedules.importers.webuntis.stand_in import (
    PASSWORD,
    SCHOOL,
    SESSION,
    USER,
    WebUntisStandIn,
    period,
    standing_in,
)

DAY = DateRange(TUESDAY, TUESDAY)
ACCOUNT = WebUntisAccount(school=SCHOOL, user=USER, password=PASSWORD)


@pytest.fixture
def server() -> Iterator[WebUntisStandIn]:
    with standing_in() as one:
        yield one


def ask(
    server: WebUntisStandIn, days: DateRange = DAY, password: str = PASSWORD
) -> WebUntisAnswers:
    account = replace(ACCOUNT, password=password)
    return WebUntisServer(server.address, account, wait=lambda _: 0.0).fetch_answers(days)


def failure(server: WebUntisStandIn, password: str = PASSWORD) -> FailureCause:
    with pytest.raises(ServerFailure) as raised:
        ask(server, password=password)
    error = raised.value
    assert password not in f"{error} {error!r} {error.cause}"
    assert all(isinstance(link, ServerFailure) for link in _chain(error))
    return error.cause


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and those that it came of: those of httpx would hold the password."""
    while error is not None:
        yield error
        error = error.__context__


def test_the_answers_of_some_days(server: WebUntisStandIn) -> None:
    answers = ask(server)
    assert list(answers.rows) == [period()]
    assert answers.rooms == server.lists["getRooms"]
    assert answers.days == DAY


def test_classes_are_asked_for_and_never_pupils(server: WebUntisStandIn) -> None:
    ask(server)
    assert [(asked["type"], asked["id"]) for asked in server.calls_of("getTimetable")] == [
        (1, 31),
        (1, 32),
    ]
    assert "getStudents" not in {method for method, _ in server.calls}


def test_no_secret_is_in_an_address_or_a_log(
    server: WebUntisStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.errors["getRooms"] = [-8520]
    ask(server)
    assert {*server.paths} == {"/WebUntis/jsonrpc.do?school=voorbeeld+%26+zoon"}
    assert PASSWORD not in caplog.text
    assert SESSION not in caplog.text
    asked = WebUntisServer(server.address, ACCOUNT)
    assert PASSWORD not in repr(asked)


def test_the_session_is_ended(server: WebUntisStandIn) -> None:
    ask(server)
    assert server.calls[0][0] == "authenticate"
    assert server.calls[-1][0] == "logout"
    server.errors["getRooms"] = [-8509]
    assert failure(server) == failures.ROOMS_NOT_SHOWN
    assert server.calls[-1][0] == "logout"


def test_a_session_that_is_gone_is_begun_again(server: WebUntisStandIn) -> None:
    server.errors["getTimetable"] = [-8520]
    assert list(ask(server).rows) == [period()]
    assert len(server.calls_of("authenticate")) == 2
    server.errors["getTimetable"] = [-8520] * ATTEMPTS
    assert failure(server) == failures.SESSION_ENDED


def test_a_year_is_asked_in_pieces_and_only_of_its_school_years(server: WebUntisStandIn) -> None:
    server.lists["getKlassen"] = [{"id": 31, "name": "h3a"}]
    server.lists["getSchoolyears"] = [
        {"id": 2, "startDate": 20270801, "endDate": 20280731},
        {"id": 1, "startDate": 20260801, "endDate": 20270720},
    ]
    days = DateRange(date(2027, 7, 1), date(2027, 8, 4))
    assert ask(server, days).days == days
    spans = [(asked["startDate"], asked["endDate"]) for asked in server.calls_of("getTimetable")]
    assert spans == [(20270701, 20270720), (20270801, 20270804)]
    assert [asked["schoolyearId"] for asked in server.calls_of("getKlassen")] == [1, 2]


def test_days_that_may_not_be_seen_are_not_spoken_of(server: WebUntisStandIn) -> None:
    server.shown_until = 20261110
    answers = ask(server, DateRange(TUESDAY, TUESDAY + timedelta(days=60)))
    assert answers.days == (TUESDAY, date(2026, 11, 2))
    assert list(answers.rows) == [period()]
    server.shown_until = 20261001
    assert failure(server) == failures.DAYS_NOT_SHOWN


def test_a_wrong_password_is_tried_once(server: WebUntisStandIn) -> None:
    assert failure(server, "another").is_temporary is False
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_passes_is_asked_again(server: WebUntisStandIn, status: int) -> None:
    server.failures = [(status, b"")] * (ATTEMPTS - 1)
    assert list(ask(server).rows) == [period()]
    server.failures = [(status, b"")] * ATTEMPTS
    assert failure(server) == failures.DOWN


def test_a_server_that_is_not_there_is_a_trouble_that_passes() -> None:
    with pytest.raises(ServerFailure) as raised:
        WebUntisServer("http://127.0.0.1:1", ACCOUNT, wait=lambda _: 0.0).fetch_answers(DAY)
    assert raised.value.cause == failures.DOWN


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
def test_another_answer_is_not_understood(server: WebUntisStandIn, body: bytes) -> None:
    server.failures = [(200, body)] * ATTEMPTS
    assert failure(server) == failures.NOT_UNDERSTOOD


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
def test_another_list_is_not_understood(
    server: WebUntisStandIn, method: str, answer: object
) -> None:
    server.lists[method] = answer
    assert failure(server) == failures.NOT_UNDERSTOOD


def test_the_password_does_not_follow_to_another_address(server: WebUntisStandIn) -> None:
    server.failures = [(307, b"")] * ATTEMPTS
    assert failure(server) == failures.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("module", "bound"), [(session, "MAX_ANSWER_SIZE"), (webuntis_server, "MAX_ROWS")]
)
def test_an_answer_without_end_is_not_read(
    server: WebUntisStandIn, monkeypatch: pytest.MonkeyPatch, module: object, bound: str
) -> None:
    monkeypatch.setattr(module, bound, 0)
    assert failure(server) == failures.NOT_UNDERSTOOD


@pytest.mark.parametrize("code", [-8509, -7002])
def test_a_right_that_is_missing_costs_what_it_is_about(server: WebUntisStandIn, code: int) -> None:
    server.errors = {"getTeachers": [code], "getTimegridUnits": [code]}
    answers = ask(server)
    assert (answers.teachers, answers.grid) == (None, None)
    assert list(answers.rows) == [period()]


@pytest.mark.parametrize("code", [-8509, -7002])
def test_a_class_that_is_not_shown_costs_no_other(server: WebUntisStandIn, code: int) -> None:
    server.denied_classes = {32: code}
    answers = ask(server, DateRange(TUESDAY, TUESDAY + timedelta(days=60)))
    assert list(answers.rows) == [period()]
    assert answers.classes_not_shown == 1
    assert [asked["id"] for asked in server.calls_of("getTimetable")].count(32) == 1


def test_when_no_class_is_shown_the_right_is_named(server: WebUntisStandIn) -> None:
    server.denied_classes = {31: -8509, 32: -8509}
    assert failure(server) == failures.NO_RIGHTS


def test_classes_are_asked_for_without_fail(server: WebUntisStandIn) -> None:
    server.errors["getKlassen"] = [-8509]
    assert failure(server) == failures.NO_RIGHTS


def test_a_school_that_webuntis_does_not_know_is_told(server: WebUntisStandIn) -> None:
    server.errors["authenticate"] = [-8500]
    assert failure(server) == failures.WRONG_SCHOOL


@pytest.mark.parametrize(
    ("school", "query"),
    [
        ("afs+engen", "afs+engen"),
        ("afs engen", "afs+engen"),
        ("voorbeeld+%26+zoon", "voorbeeld+%26+zoon"),
        ("voorbeeld & zoon", "voorbeeld+%26+zoon"),
        ("100%", "100%25"),
        ("caf%C3%A9", "caf%C3%A9"),
        ("café", "caf%C3%A9"),
    ],
)
def test_the_school_is_taken_as_the_address_bar_shows_it(school: str, query: str) -> None:
    assert rpc_url("https://x.webuntis.com", school).endswith(f"/jsonrpc.do?school={query}")


def test_an_address_that_is_not_safe_is_refused() -> None:
    with pytest.raises(ServerFailure) as raised:
        WebUntisServer("http://school.webuntis.com", ACCOUNT)
    assert raised.value.cause == failures.UNSAFE_ADDRESS
