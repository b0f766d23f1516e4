"""Requests to a timetable's server: bounded, never redirected, and repeated when that can help.

The exception that caused a failure is not chained to it: it holds the request, and so the token or
the password.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)

from schedules.importers.shared.failure import FailureCause, ServerFailure
from schedules.language import gettext_lazy as _
from schedules.outgoing.policy import WRITTEN_LOOPBACK, ForbiddenDestination, OutgoingPolicy
from schedules.outgoing.transport import make_client

ATTEMPTS = 4
MAX_WAIT = 20.0
"""Seconds between two attempts."""
TIMEOUT = httpx.Timeout(50.0, connect=10.0)
TEMPORARY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
INTERNET = OutgoingPolicy()
NOT_ALLOWED = FailureCause(
    _("the address of the server does not lead to the internet"),
    _("if the server is the school's own, name its prefix under [outgoing] inside"),
    is_temporary=False,
)

type Wait = Callable[[RetryCallState], float]
"""How many seconds to wait before the next attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCauses:
    """The causes that every kind of server has, in its own words."""

    down: FailureCause
    not_understood: FailureCause
    unsafe_address: FailureCause
    by_status: Mapping[int, FailureCause] = field(default_factory=dict)
    """Of statuses that mean something else here."""

    def check_status(self, status: object) -> None:
        """Check a status of HTTP, or one within an answer.

        Raises:
            ServerFailure: when it is not 200.
        """
        if status == httpx.codes.OK:
            return
        if not isinstance(status, int):
            raise ServerFailure(self.not_understood)
        if status in TEMPORARY_STATUSES:
            raise ServerFailure(self.down)
        raise ServerFailure(self.by_status.get(status, self.not_understood))


def base_url(address: str, causes: FailureCauses) -> str:
    """Return the scheme and host of an address to which a secret may be sent.

    Raises:
        ServerFailure: when it does not start with https:// and is not of this machine, or has a
            query or a user in it.
    """
    try:
        parts = urlsplit(address)
        has_valid_port = parts.port is None or parts.port > 0
    except ValueError:
        raise ServerFailure(causes.unsafe_address) from None
    is_here = parts.hostname in WRITTEN_LOOPBACK
    is_private = parts.scheme == "https" or (parts.scheme == "http" and is_here)
    is_plain = not parts.query and "@" not in parts.netloc
    if not (is_private and has_valid_port and parts.hostname and is_plain):
        raise ServerFailure(causes.unsafe_address)
    return f"{parts.scheme}://{parts.netloc}"


def retrying(wait: Wait | None = None) -> Retrying:
    """Return what calls a function again while it fails for a temporary cause.

    Args:
        wait: how long to wait before each further attempt; None: longer each time.
    """
    return Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait or wait_exponential_jitter(initial=1, max=MAX_WAIT),
        retry=retry_if_exception(_is_temporary),
        reraise=True,
    )


class JsonClient:
    """Sends requests to one server, and parses its JSON answers.

    Args:
        causes: what its failures are called.
        max_answer_size: bytes; a larger answer is not read to its end.
        policy: where the server may be.
        headers: of every request.
    """

    def __init__(
        self,
        causes: FailureCauses,
        *,
        max_answer_size: int,
        policy: OutgoingPolicy = INTERNET,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._causes = causes
        self._max_answer_size = max_answer_size
        self._client = make_client(
            replace(policy, may_mean_this_machine=True), timeout=TIMEOUT, headers=headers
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def request(self, method: str, url: str, **options: Any) -> object:
        """Send one request, and return what its answer holds.

        Args:
            method: of HTTP.
            url: with scheme and host.
            options: what `httpx.Client.build_request` takes: `params`, `headers`, `json`, `data`.

        Raises:
            ServerFailure: when there is no answer, or it is not 200 with JSON.
        """
        try:
            return self._request(method, url, options)
        except ServerFailure as failure:
            cause = failure.cause
        except httpx.TransportError:
            cause = self._causes.down
        except ForbiddenDestination:
            cause = NOT_ALLOWED
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError):
            cause = self._causes.not_understood
        # Outside the except clauses, so that the error with the request is not chained.
        raise ServerFailure(cause)

    def _request(self, method: str, url: str, options: Mapping[str, Any]) -> object:
        answer = self._client.send(self._client.build_request(method, url, **options), stream=True)
        try:
            self._causes.check_status(answer.status_code)
            return json.loads(self._receive(answer))
        finally:
            answer.close()

    def _receive(self, answer: httpx.Response) -> bytes:
        content = bytearray()
        for chunk in answer.iter_bytes():
            content += chunk
            if len(content) > self._max_answer_size:
                raise ServerFailure(self._causes.not_understood)
        return bytes(content)


def _is_temporary(error: BaseException) -> bool:
    return isinstance(error, ServerFailure) and error.cause.is_temporary
