"""Asking a Zermelo portal, for which a local server stands in."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from schedules.calendar import DateRange
from schedules.importers.server_trouble import ServerTrouble
from schedules.importers.zermelo import portal as zermelo_portal
from schedules.importers.zermelo.portal import ATTEMPTS, Portal, link
from tests.schedules.cast import AMSTERDAM, TUESDAY
from tests.schedules.importers.zermelo.stand_in import (
    CODE,
    TOKEN,
    StandIn,
    appointment,
    standing_in,
)

DAY = DateRange(TUESDAY, TUESDAY)


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as one:
        yield one


def ask(server: StandIn, days: DateRange = DAY, token: str = TOKEN) -> list[object]:
    portal = Portal(server.address, token, wait=lambda _: 0.0)
    return list(portal.appointments(days, AMSTERDAM))


def trouble(server: StandIn, token: str = TOKEN) -> ServerTrouble:
    with pytest.raises(ServerTrouble) as raised:
        ask(server, token=token)
    assert token not in f"{raised.value} {raised.value!r} {raised.value.trouble}"
    return raised.value


def test_the_appointments_of_some_days(server: StandIn) -> None:
    assert ask(server) == [appointment()]


def test_the_token_is_in_a_header_and_never_in_an_address(server: StandIn) -> None:
    ask(server)
    assert all(header == f"Bearer {TOKEN}" for _, header in server.requests)
    assert not any(TOKEN in path or "token" in path for path, _ in server.requests)
    assert TOKEN not in repr(Portal(server.address, TOKEN))


def test_it_is_asked_a_week_at_a_time_and_somewhat_wider(server: StandIn) -> None:
    ask(server, DateRange(TUESDAY, TUESDAY + timedelta(days=20)))
    spans = [(int(query["start"][0]), int(query["end"][0])) for query in server.queries]
    assert len(spans) == 3
    assert all(later[0] < earlier[1] for earlier, later in pairwise(spans))


def test_only_what_a_lesson_needs_is_asked_for(server: StandIn) -> None:
    ask(server)
    fields = server.queries[0]["fields"][0].split(",")
    assert {"locations", "groups", "cancelled"} <= {*fields}
    assert not {"students", "remark", "subjects"} & {*fields}


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_passes_is_asked_again(server: StandIn, status: int) -> None:
    server.failures = [(status, b"")] * (ATTEMPTS - 1)
    assert ask(server) == [appointment()]
    assert len(server.requests) == ATTEMPTS


def test_a_portal_that_stays_down_is_a_trouble_that_passes(server: StandIn) -> None:
    server.failures = [(503, b"")] * ATTEMPTS
    assert trouble(server).trouble == zermelo_portal.DOWN
    assert len(server.requests) == ATTEMPTS


def test_a_portal_that_is_not_there_is_a_trouble_that_passes(server: StandIn) -> None:
    portal = Portal("http://127.0.0.1:1", TOKEN, wait=lambda _: 0.0)
    with pytest.raises(ServerTrouble) as raised:
        list(portal.appointments(DAY, AMSTERDAM))
    assert raised.value.trouble == zermelo_portal.DOWN


def test_a_token_that_is_withdrawn_is_not_tried_again(server: StandIn) -> None:
    assert trouble(server, token="another").trouble == zermelo_portal.WITHDRAWN
    assert len(server.requests) == 1


def test_a_status_within_the_answer_counts_too(server: StandIn) -> None:
    server.failures = [(200, b'{"response":{"status":403,"message":"nee","data":[]}}')]
    assert trouble(server).trouble == zermelo_portal.NO_RIGHTS


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
def test_another_answer_is_not_understood(server: StandIn, body: bytes) -> None:
    server.failures = [(200, body)] * ATTEMPTS
    assert trouble(server).trouble == zermelo_portal.NOT_UNDERSTOOD


def test_the_token_does_not_follow_to_another_address(server: StandIn) -> None:
    server.failures = [(302, b"")] * ATTEMPTS
    assert trouble(server).trouble == zermelo_portal.NOT_UNDERSTOOD


def test_an_answer_without_end_is_not_read(
    server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zermelo_portal, "LARGEST_ANSWER", 10)
    assert trouble(server).trouble == zermelo_portal.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "address",
    ["http://school.zportal.nl", "school.zportal.nl", "https://", "https://a@b.nl", "ftp://x"],
)
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(ServerTrouble) as raised:
        Portal(address, TOKEN)
    assert raised.value.trouble == zermelo_portal.NOT_SAFE


def test_a_koppelcode_is_traded_for_a_token(server: StandIn) -> None:
    assert link(server.address, "123 456 789 012") == TOKEN
    assert not any(CODE in path for path, _ in server.requests)


@pytest.mark.parametrize("code", ["", "12-34", "1" * 41, "999"])
def test_a_wrong_koppelcode_is_not_accepted(server: StandIn, code: str) -> None:
    with pytest.raises(ServerTrouble) as raised:
        link(server.address, code)
    assert raised.value.trouble == zermelo_portal.WRONG_CODE


def test_an_answer_without_a_token_is_not_understood(server: StandIn) -> None:
    server.failures = [(200, b"{}")]
    with pytest.raises(ServerTrouble) as raised:
        link(server.address, CODE)
    assert raised.value.trouble == zermelo_portal.NOT_UNDERSTOOD
