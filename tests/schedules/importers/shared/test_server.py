"""What every server of a timetable is asked by: within bounds, again, and without telling on it."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from schedules.importers.shared.failure import FailureCause, ServerFailure
from schedules.importers.shared.server import (
    ATTEMPTS,
    NOT_ALLOWED,
    TEMPORARY_STATUSES,
    FailureCauses,
    JsonClient,
    base_url,
    retrying,
)
from schedules.language import Message
from schedules.outgoing.policy import OutgoingPolicy
from tests.schedules.importers.serving import serving
from tests.schedules.names import Names, names

__all__ = ["names"]

SECRET = "0secret0of0the0server0"
DOWN = FailureCause(Message("down"), Message("wait"), is_temporary=True)
NOT_UNDERSTOOD = FailureCause(Message("not understood"), Message("look"), is_temporary=True)
UNSAFE = FailureCause(Message("unsafe"), Message("https"), is_temporary=False)
DENIED = FailureCause(Message("denied"), Message("link"), is_temporary=False)
CAUSES = FailureCauses(
    down=DOWN, not_understood=NOT_UNDERSTOOD, unsafe_address=UNSAFE, by_status={401: DENIED}
)


class AnsweringServer(ThreadingHTTPServer):
    """Answers every request with the same status and body."""

    daemon_threads = True

    def __init__(self, status: int = 200, body: bytes = b"{}") -> None:
        super().__init__(("127.0.0.1", 0), _AnsweringHandler)
        self.status = status
        self.body = body
        self.requests = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _AnsweringHandler(BaseHTTPRequestHandler):
    server: AnsweringServer

    def do_GET(self) -> None:
        self.server.requests += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        if self.server.status == 307:
            self.send_header("Location", "http://127.0.0.2:1/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[AnsweringServer]:
    with serving(AnsweringServer()) as answering:
        yield answering


def request(url: str, max_answer_size: int = 1_000) -> object:
    headers = {"Authorization": f"Bearer {SECRET}"}
    with JsonClient(CAUSES, max_answer_size=max_answer_size, headers=headers) as client:
        return retrying(lambda _: 0.0)(client.request, "GET", url)


def cause(url: str, max_answer_size: int = 1_000) -> FailureCause:
    with pytest.raises(ServerFailure) as raised:
        request(url, max_answer_size)
    error: BaseException | None = raised.value
    while error is not None:
        assert isinstance(error, ServerFailure)
        assert SECRET not in repr(error)
        error = error.__context__
    return raised.value.cause


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://school.example", "https://school.example"),
        ("https://school.example/WebUntis/?", "https://school.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/x", "http://[::1]:8080"),
    ],
)
def test_a_safe_address(address: str, base: str) -> None:
    assert base_url(address, CAUSES) == base


@pytest.mark.parametrize(
    "address",
    [
        "http://school.example",
        "school.example",
        "https://",
        "https://user@school.example",
        "https://school.example?school=x",
        "https://[",
        "https://school.example:99999",
        "ftp://school.example",
    ],
)
def test_to_another_address_goes_no_secret(address: str) -> None:
    with pytest.raises(ServerFailure) as raised:
        base_url(address, CAUSES)
    assert raised.value.cause is UNSAFE


def test_an_answer_is_parsed(server: AnsweringServer) -> None:
    server.body = b'{"lessons": [1]}'
    assert request(server.url) == {"lessons": [1]}


@pytest.mark.parametrize("status", sorted(TEMPORARY_STATUSES))
def test_what_passes_is_asked_again(server: AnsweringServer, status: int) -> None:
    server.status = status
    assert cause(server.url) is DOWN
    assert server.requests == ATTEMPTS


def test_what_does_not_pass_is_asked_once(server: AnsweringServer) -> None:
    server.status = 401
    assert cause(server.url) is DENIED
    assert server.requests == 1


@pytest.mark.parametrize("status", [204, 307, 404])
def test_another_status_is_not_understood(server: AnsweringServer, status: int) -> None:
    server.status = status
    server.body = b""
    assert cause(server.url) is NOT_UNDERSTOOD


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b"[" * 900, b'{"a":', b"NaN" * 5])
def test_another_body_is_not_understood(server: AnsweringServer, body: bytes) -> None:
    server.body = body
    assert cause(server.url) is NOT_UNDERSTOOD


def test_nothing_larger_than_its_bound_is_read(server: AnsweringServer) -> None:
    server.body = b'"123"'
    assert request(server.url, max_answer_size=5) == "123"
    assert cause(server.url, max_answer_size=4) is NOT_UNDERSTOOD


def test_a_server_that_is_not_there_is_down() -> None:
    assert cause("http://127.0.0.1:1/") is DOWN


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
def test_a_name_that_leads_inside_is_not_asked(
    server: AnsweringServer, address: str, names: Names
) -> None:
    names("school.example", (address,))
    assert cause(f"http://school.example:{server.server_port}/") is NOT_ALLOWED
    assert server.requests == 0


def test_a_server_of_the_school_is_asked_where_it_is_named(
    server: AnsweringServer, names: Names
) -> None:
    names("school.example", ("127.0.0.1",))
    policy = OutgoingPolicy(inside=(ip_network("127.0.0.0/8"),))
    with JsonClient(CAUSES, max_answer_size=1_000, policy=policy) as client:
        assert client.request("GET", f"http://school.example:{server.server_port}/") == {}


@pytest.mark.parametrize("status", [None, "200", [200], {}, float("nan"), True])
def test_a_status_within_an_answer_may_be_anything(status: object) -> None:
    with pytest.raises(ServerFailure) as raised:
        CAUSES.check_status(status)
    assert raised.value.cause is NOT_UNDERSTOOD
