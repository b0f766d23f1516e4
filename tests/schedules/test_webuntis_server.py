"""Asking a WebUntis server, for which a local server stands in."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from schedules import webuntis_server
from schedules.server_trouble import ServerTrouble, Trouble
from schedules.webuntis import Answers, parse
from schedules.webuntis_server import Server
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson
from tests.schedules.webuntis_stand_in import PASSWORD, StandIn, standing_in

DAY = (TUESDAY, TUESDAY)


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as one:
        yield one


def ask(server: StandIn, password: str = PASSWORD, days: tuple[date, date] = DAY) -> Answers:
    return Server(server.address, "voorbeeld college", "lesrust", password).answers(days)


def trouble(server: StandIn, password: str = PASSWORD) -> Trouble:
    with pytest.raises(ServerTrouble) as raised:
        ask(server, password)
    assert password not in f"{raised.value} {raised.value!r}"
    return raised.value.trouble


def test_the_lessons_of_some_days(server: StandIn) -> None:
    imported = parse(ask(server), name="webuntis", days=DAY, zone=AMSTERDAM)
    assert imported.lessons == (lesson("webuntis-4"),)


def test_it_is_asked_by_class_and_left_when_it_is_done(server: StandIn) -> None:
    ask(server)
    assert server.methods[0] == "authenticate"
    assert server.methods[-1] == "logout"
    (asked,) = [given for method, given, _ in server.asked if method == "getTimetable"]
    assert asked == {"id": 1, "type": 1, "startDate": 20261006, "endDate": 20261006}


def test_a_long_time_is_asked_in_pieces(server: StandIn) -> None:
    ask(server, days=(TUESDAY, TUESDAY + timedelta(days=60)))
    assert server.methods.count("getTimetable") == 3


def test_the_password_is_in_no_address(server: StandIn) -> None:
    ask(server)
    assert all(
        path == "/WebUntis/jsonrpc.do?school=voorbeeld%20college" for *_, path in server.asked
    )
    assert PASSWORD not in repr(Server(server.address, "s", "u", PASSWORD))


def test_a_wrong_password_is_denied(server: StandIn) -> None:
    assert trouble(server, "another") == webuntis_server.DENIED


@pytest.mark.parametrize("code", [-8520, -7004, -8507])
def test_without_rights_it_says_so_and_the_session_is_left(server: StandIn, code: int) -> None:
    server.errors["getTimetable"] = code
    assert trouble(server) == webuntis_server.NO_RIGHTS
    assert server.methods[-1] == "logout"


def test_without_the_right_to_see_teachers_there_are_lessons(server: StandIn) -> None:
    server.errors["getTeachers"] = -8509
    (found,) = parse(ask(server), name="webuntis", days=DAY, zone=AMSTERDAM).lessons
    assert found.teachers == ()


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b"{}", b'{"id":1}', b"\xff"])
def test_another_answer_is_not_understood(server: StandIn, raw: bytes) -> None:
    server.raw = raw
    assert trouble(server) == webuntis_server.NOT_UNDERSTOOD


def test_a_server_that_is_not_there_is_a_trouble_that_passes() -> None:
    with pytest.raises(ServerTrouble) as raised:
        Server("http://127.0.0.1:1", "s", "u", PASSWORD).answers(DAY)
    assert raised.value.trouble.passes


@pytest.mark.parametrize("address", ["http://neilo.webuntis.com", "neilo.webuntis.com", ""])
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(ServerTrouble, match="https"):
        Server(address, "s", "u", PASSWORD)
