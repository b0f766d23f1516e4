"""The steps and branches of our code."""

from addons.names import client_hello, http_host
from tests.fuzz import corpus, work

SHORT, LONG = b"GET / HTTP/1.1\n\n", b"GET / HTTP/1.1\nHost: a.nl\n\n"


def read(data: bytes) -> None:
    http_host.parse_request(data)


def refuse(data: bytes) -> None:
    assert data != LONG


def test_steps_are_those_of_our_own_code() -> None:
    assert work.steps(read, LONG) == work.steps(read, LONG) > work.steps(read, SHORT) > 5
    assert work.steps(lambda data: None, LONG) == 0


def test_more_records_take_more_steps() -> None:
    def records(data: bytes) -> None:
        client_hello.parse_client_hello(data)

    counts = [work.steps(records, b"\x16\x03\x01\x00\x00" * count) for count in (1, 10, 60)]
    assert counts == sorted({*counts})


def test_ways_differ_where_branches_do() -> None:
    assert work.ways(read, LONG) == work.ways(read, LONG) != work.ways(read, SHORT)


def test_the_fewest_inputs_are_chosen() -> None:
    longer = LONG.replace(b"/ ", b"/longer ")
    assert {*corpus.fewest(read, [], [longer, SHORT, LONG, SHORT])} == {SHORT, LONG}
    assert corpus.fewest(read, [longer], [LONG]) == [longer]


def test_what_fails_is_not_chosen() -> None:
    assert LONG not in corpus.fewest(refuse, [LONG], [LONG])
