"""A session at a WebUntis server, over JSON-RPC 2.0 (`/WebUntis/jsonrpc.do`).

`authenticate` returns the number of a session, which every other call sends as a cookie.
"""

from collections.abc import Mapping
from itertools import count
from types import TracebackType
from typing import Self
from urllib.parse import quote_plus, unquote_plus

from schedules.importers.shared.failure import FailureCause, ServerFailure
from schedules.importers.shared.server import (
    JsonClient,
    Wait,
    base_url,
    retrying,
)
from schedules.importers.webuntis.account import WebUntisAccount
from schedules.importers.webuntis.failures import (
    BY_CODE,
    CAUSES,
    NOT_UNDERSTOOD,
    SESSION_ENDED,
)
from schedules.outgoing.policy import OutgoingPolicy

MAX_ANSWER_SIZE = 16 * 1024 * 1024
CLIENT = "Lesrust"
_PATH = "/WebUntis/jsonrpc.do"


def rpc_url(address: str, school: str) -> str:
    """Return the address of a school's JSON-RPC.

    A name that the address bar shows, such as `st+jan`, and the name itself give the same.

    Raises:
        ServerFailure: when a password is not safe at that address.
    """
    return f"{base_url(address, CAUSES)}{_PATH}?school={quote_plus(unquote_plus(school))}"


class WebUntisSession:
    """A session that begins with its first call, and ends with the context.

    Args:
        url: as `rpc_url` returned it.
        account: who asks.
        policy: where the server may be.
        wait: how long to wait before another attempt, in seconds.
    """

    def __init__(
        self,
        url: str,
        account: WebUntisAccount,
        *,
        policy: OutgoingPolicy,
        wait: Wait | None = None,
    ) -> None:
        self._url = url
        self._account = account
        self._retrying = retrying(wait)
        self._client = JsonClient(
            CAUSES,
            max_answer_size=MAX_ANSWER_SIZE,
            policy=policy,
            headers={"User-Agent": CLIENT},
        )
        self._request_ids = count(1)
        self._session_id = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._client:
            if self._session_id:
                self._log_out()

    def call(self, method: str, **parameters: object) -> object:
        """Call a method, several times when that can help, and return its result.

        Raises:
            ServerFailure: when it does not give one.
        """
        return self._retrying(self._call_in_session, method, parameters)

    def _call_in_session(self, method: str, parameters: Mapping[str, object]) -> object:
        if not self._session_id:
            self._session_id = self._log_in()
        try:
            return self._call(method, parameters)
        except ServerFailure as failure:
            if failure.cause is SESSION_ENDED:
                self._session_id = ""
            raise

    def _log_in(self) -> str:
        result = self._call(
            "authenticate",
            {"user": self._account.user, "password": self._account.password, "client": CLIENT},
        )
        session_id = result.get("sessionId") if isinstance(result, dict) else None
        if isinstance(session_id, str) and session_id.isascii() and session_id.isprintable():
            return session_id
        raise ServerFailure(NOT_UNDERSTOOD)

    def _log_out(self) -> None:
        try:
            self._call("logout", {})
        except ServerFailure:  # the session ends by itself then
            return

    def _call(self, method: str, parameters: Mapping[str, object]) -> object:
        request_id = str(next(self._request_ids))
        body = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": parameters}
        cookies = {"Cookie": f"JSESSIONID={self._session_id}"} if self._session_id else {}
        answer = self._client.request("POST", self._url, json=body, headers=cookies)
        if not isinstance(answer, dict) or answer.get("id") != request_id:
            raise ServerFailure(NOT_UNDERSTOOD)
        if "result" in answer:
            return answer["result"]
        raise ServerFailure(_cause(answer.get("error")))


def _cause(error: object) -> FailureCause:
    code = error.get("code") if isinstance(error, dict) else None
    return BY_CODE.get(code, NOT_UNDERSTOOD) if isinstance(code, int) else NOT_UNDERSTOOD
