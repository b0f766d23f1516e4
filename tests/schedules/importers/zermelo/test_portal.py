"""Asking a Zermelo portal, for which a local server stands in."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from schedules.calendar import DateRange
from schedules.importers.shared.failure import ServerFailure
from schedules.importers.shared.server import ATTEMPTS
from schedules.importers.zermelo import portal as zermelo_portal
from schedules.importers.zermelo.portal import ZermeloPortal, request_token
from tests.schedules.cast import AMSTERDAM, TUESDAY
from tests.schedules.importers.zermelo.stand_in import (
    CODE,
    TOKEN,
    ZermeloStandIn,
    appointment,
    standing_in,
)

DAY = DateRange(TUESDAY, TUESDAY)


@pytest.fixture
def server() -> Iterator[ZermeloStandIn]:
    with standing_in() as one:
        yield one


def ask(server: ZermeloStandIn, days: DateRange = DAY, token: str = TOKEN) -> list[object]:
    portal = ZermeloPortal(server.address, token, wait=lambda _: 0.0)
    return list(portal.fetch_appointments(days, AMSTERDAM))


def failure(server: ZermeloStandIn, token: str = TOKEN) -> ServerFailure:
    with pytest.raises(ServerFailure) as raised:
        ask(server, token=token)
    assert token not in f"{raised.value} {raised.value!r} {raised.value.cause}"
    return raised.value


def test_the_appointments_of_some_days(server: ZermeloStandIn) -> None:
    assert ask(server) == [appointment()]


def test_the_token_is_in_a_header_and_never_in_an_address(server: ZermeloStandIn) -> None:
    ask(server)
    assert all(header == f"Bearer {TOKEN}" for _, header in server.requests)
    assert not any(TOKEN in path or "token" in path for path, _ in server.requests)
    assert TOKEN not in repr(ZermeloPortal(server.address, TOKEN))


def test_it_is_asked_a_week_at_a_time_and_somewhat_wider(server: ZermeloStandIn) -> None:
    ask(server, DateRange(TUESDAY, TUESDAY + timedelta(days=20)))
    spans = [(int(query["start"][0]), int(query["end"][0])) for query in server.queries]
    assert len(spans) == 3
    assert all(later[0] < earlier[1] for earlier, later in pairwise(spans))


def test_only_what_a_lesson_needs_is_asked_for(server: ZermeloStandIn) -> None:
    ask(server)
    fields = server.queries[0]["fields"][0].split(",")
    assert {"locations", "groups", "cancelled"} <= {*fields}
    assert not {"students", "remark", "subjects"} & {*fields}


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_passes_is_asked_again(server: ZermeloStandIn, status: int) -> None:
    server.failures = [(status, b"")] * (ATTEMPTS - 1)
    assert ask(server) == [appointment()]
    assert len(server.requests) == ATTEMPTS


def test_a_portal_that_stays_down_is_a_trouble_that_passes(server: ZermeloStandIn) -> None:
    server.failures = [(503, b"")] * ATTEMPTS
    assert failure(server).cause == zermelo_portal.DOWN
    assert len(server.requests) == ATTEMPTS


def test_a_portal_that_is_not_there_is_a_trouble_that_passes(server: ZermeloStandIn) -> None:
    portal = ZermeloPortal("http://127.0.0.1:1", TOKEN, wait=lambda _: 0.0)
    with pytest.raises(ServerFailure) as raised:
        list(portal.fetch_appointments(DAY, AMSTERDAM))
    assert raised.value.cause == zermelo_portal.DOWN


def test_a_token_that_is_withdrawn_is_not_tried_again(server: ZermeloStandIn) -> None:
    assert failure(server, token="another").cause == zermelo_portal.WITHDRAWN
    assert len(server.requests) == 1


def test_a_status_within_the_answer_counts_too(server: ZermeloStandIn) -> None:
    server.failures = [(200, b'{"response":{"status":403,"message":"nee","data":[]}}')]
    assert failure(server).cause == zermelo_portal.NO_RIGHTS


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Onderhoud</html>",
        b'{"response":{"status":200,"data":[{"id"',
        b'{"response":{"status":200,"data":"x"}}',
        b'{"response":[]}',
        b"[]",
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_another_answer_is_not_understood(server: ZermeloStandIn, body: bytes) -> None:
    server.failures = [(200, body)] * ATTEMPTS
    assert failure(server).cause == zermelo_portal.NOT_UNDERSTOOD


def test_the_token_does_not_follow_to_another_address(server: ZermeloStandIn) -> None:
    server.failures = [(302, b"")] * ATTEMPTS
    assert failure(server).cause == zermelo_portal.NOT_UNDERSTOOD


def test_an_answer_without_end_is_not_read(
    server: ZermeloStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zermelo_portal, "MAX_ANSWER_SIZE", 10)
    assert failure(server).cause == zermelo_portal.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "address",
    ["http://school.zportal.nl", "school.zportal.nl", "https://", "https://a@b.nl", "ftp://x"],
)
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(ServerFailure) as raised:
        ZermeloPortal(address, TOKEN)
    assert raised.value.cause == zermelo_portal.UNSAFE_ADDRESS


def test_a_koppelcode_is_traded_for_a_token(server: ZermeloStandIn) -> None:
    assert request_token(server.address, "123 456 789 012") == TOKEN
    assert not any(CODE in path for path, _ in server.requests)


@pytest.mark.parametrize("code", ["", "12-34", "1" * 41, "999"])
def test_a_wrong_koppelcode_is_not_accepted(server: ZermeloStandIn, code: str) -> None:
    with pytest.raises(ServerFailure) as raised:
        request_token(server.address, code)
    assert raised.value.cause == zermelo_portal.WRONG_CODE


def test_a_portal_that_does_not_answer_when_linking_is_not_asked_again_by_itself() -> None:
    with pytest.raises(ServerFailure) as raised:
        request_token("https://127.0.0.1:9", CODE)
    assert raised.value.cause == zermelo_portal.NOT_REACHED


def test_an_answer_without_a_token_is_not_understood(server: ZermeloStandIn) -> None:
    server.failures = [(200, b"{}")]
    with pytest.raises(ServerFailure) as raised:
        request_token(server.address, CODE)
    assert raised.value.cause == zermelo_portal.NOT_UNDERSTOOD
