"""Asks a WebUntis server for its timetable, over JSON-RPC, by the `webuntis` library.

The library logs in and knows what errors mean. What it does not bound is bounded here: it sends
through `_Post`, which has time limits, follows no redirect (the password would go with it) and
reads no answer without end. Classes are asked for, never pupils. The library's errors hold the
request, and so the password: none of them is passed on.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import quote_plus

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity import wait_exponential_jitter as later_and_later
from webuntis import errors
from webuntis.session import Session
from webuntis.utils.remote import rpc_request

from schedules.calendar import DateRange
from schedules.importers.server_address import base
from schedules.importers.server_trouble import ServerTrouble, Trouble
from schedules.importers.webuntis.timetable import Answers, school_years
from schedules.problem import InvalidValue

PIECE = timedelta(days=28)
"""Asked at once, of one class."""
ATTEMPTS = 4
TIME = httpx.Timeout(50.0, connect=10.0)
LARGEST_ANSWER = 16 * 1024 * 1024
MOST_ROWS = 500_000
MOST_CLASSES = 1_000
CLIENT = "Lesrust"
_CLASS = 1
"""The type of element that a class is, in `getTimetable`."""
_NO_RIGHT = -8509
"""Unverified: the code of an answer to who may not call a method."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

DOWN = Trouble(
    "the WebUntis server does not answer",
    "nothing: it is asked again, and the last timetable stays in force",
    passes=True,
)
NOT_UNDERSTOOD = Trouble(
    "the answer of the WebUntis server is not understood",
    "see whether address and school are those of the page where one logs in to WebUntis",
    passes=True,
)
ENDED = Trouble(
    "the WebUntis session has ended each time it was begun",
    "nothing: it is tried again, and the last timetable stays in force",
    passes=True,
)
DENIED = Trouble(
    "WebUntis does not accept the user and the password for this school",
    "see whether school, user and the file of the password are right",
    passes=False,
)
NO_RIGHTS = Trouble(
    "the WebUntis user may not read the timetable",
    "give the user the right to see classes, rooms, teachers and their timetables",
    passes=False,
)
NO_DAYS = Trouble(
    "the WebUntis user may not see the days that are asked for",
    "give the user the right to see this week and the weeks after it",
    passes=False,
)
NOT_SAFE = Trouble(
    "the address of the WebUntis server is not one that starts with https://",
    "give it as https://school.webuntis.com",
    passes=False,
)

type Wait = Callable[[RetryCallState], float]

_request: Callable[[object, str, Mapping[str, object]], object] = rpc_request

# It would log the session's number, and what a server says of a user.
logging.getLogger("webuntis").addFilter(lambda _: False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who asks, of which school: as one logs in on the page of WebUntis."""

    school: str
    user: str


class Server:
    """One school's WebUntis.

    Args:
        address: such as `https://school.webuntis.com`.
        account: who asks.
        password: of that user.
        wait: how long to wait before asking again, in seconds.

    Raises:
        ServerTrouble: when the password is not safe at that address.
    """

    def __init__(
        self, address: str, account: Account, password: str, *, wait: Wait | None = None
    ) -> None:
        safe = base(address)
        if safe is None:
            raise ServerTrouble(NOT_SAFE)
        self._config = {
            "server": safe,
            "school": quote_plus(account.school),
            "username": account.user,
            "password": password,
            "useragent": CLIENT,
        }
        self._wait = wait or later_and_later(initial=1, max=20)

    def __repr__(self) -> str:
        return "Server()"

    def answers(self, days: DateRange) -> Answers:
        """Give what the server answers of all classes on some days.

        Where the user may not see so far ahead, the answers are of fewer days, and say so.

        Raises:
            ServerTrouble: when the server does not give them, however often it is asked.
        """
        with _Post() as post, _Conversation(self._config, post, self._wait) as conversation:
            try:
                return _Asking(conversation, days).answers()
            except _NoDays:
                raise ServerTrouble(NO_DAYS) from None


class _NoDays(Exception):
    """The server does not show these days."""


class _Answer:
    """What the library looks at of an answer."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Post:
    """Sends the library's requests, in the place of a session of `requests`."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=TIME, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def post(self, url: str, *, data: str, headers: Mapping[str, str]) -> _Answer:
        with self._client.stream("POST", url, content=data, headers=headers) as answer:
            if answer.status_code in _PASSING:
                raise ServerTrouble(DOWN)
            if answer.status_code != httpx.codes.OK:
                raise ServerTrouble(NOT_UNDERSTOOD)
            return _Answer(_content(answer).decode())


def _content(answer: httpx.Response) -> bytes:
    content = bytearray()
    for some in answer.iter_bytes():
        content += some
        if len(content) > LARGEST_ANSWER:
            raise ServerTrouble(NOT_UNDERSTOOD)
    return bytes(content)


class _Conversation:
    """A session at the server: begun when it has to be, and ended."""

    def __init__(self, config: Mapping[str, str], post: _Post, wait: Wait) -> None:
        self._session = Session(**config, _http_session=post)
        self._again = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait,
            retry=retry_if_exception(_passes),
            reraise=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_begun:
            try:
                self._once(self._session.logout)
            except (ServerTrouble, _NoDays):
                return

    def ask(self, method: str, **parameters: object) -> object:
        """Call a method of the server, more than once when that may help.

        Raises:
            ServerTrouble: when it does not answer as it should.
            _NoDays: when it does not show the days of the parameters.
        """
        return self._again(self._asked, method, parameters)

    @property
    def _is_begun(self) -> bool:
        return "jsessionid" in self._session.config

    def _asked(self, method: str, parameters: Mapping[str, object]) -> object:
        if not self._is_begun:
            self._once(self._session.login)
        try:
            return self._once(lambda: _request(self._session.config, method, parameters))
        except ServerTrouble as trouble:
            if trouble.trouble is ENDED:
                self._session.config["jsessionid"] = None
            raise

    def _once(self, call: Callable[[], object]) -> object:
        # Raised when the library's error is gone: that holds the request, and so the password.
        try:
            return call()
        except ServerTrouble as trouble:
            kept: Exception = ServerTrouble(trouble.trouble)
        except (errors.Error, httpx.HTTPError, httpx.InvalidURL) as error:
            kept = _meaning(error)
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            RecursionError,
            TypeError,
            ValueError,
        ):
            kept = ServerTrouble(NOT_UNDERSTOOD)
        raise kept


def _meaning(error: Exception) -> Exception:
    match error:
        case errors.DateNotAllowed():
            return _NoDays()
        case errors.BadCredentialsError():
            return ServerTrouble(DENIED)
        case errors.NotLoggedInError():
            return ServerTrouble(ENDED)
        case errors.RemoteError() if getattr(error, "code", None) == _NO_RIGHT:
            return ServerTrouble(NO_RIGHTS)
        case httpx.TransportError():
            return ServerTrouble(DOWN)
        case _:
            return ServerTrouble(NOT_UNDERSTOOD)


def _passes(error: BaseException) -> bool:
    return isinstance(error, ServerTrouble) and error.trouble.passes


class _Asking:
    """Asks for some days: of each school year in them its classes, and of each class its weeks."""

    def __init__(self, conversation: _Conversation, days: DateRange) -> None:
        self._ask = conversation.ask
        self._days = days

    def answers(self) -> Answers:
        first, last = self._days
        classes: list[object] = []
        rows: list[object] = []
        for of_year, piece in self._pieces():
            try:
                found = [row for each in of_year for row in self._class(each, piece)]
            except _NoDays:
                last = piece[0] - timedelta(days=1)
                break
            classes += of_year
            rows += found
            _check(len(rows) <= MOST_ROWS)
        if last < first:
            raise _NoDays
        return Answers(
            rows=rows,
            classes=classes,
            rooms=self._ask("getRooms"),
            teachers=self._ask("getTeachers"),
            grid=self._ask("getTimegridUnits"),
            days=DateRange(first, last),
        )

    def _pieces(self) -> Iterator[tuple[list[object], DateRange]]:
        """Give the classes and the days of each piece, the first days first."""
        first, last = self._days
        for number, begin, end in self._years():
            if begin <= last and first <= end:
                classes = _listed(self._ask("getKlassen", schoolyearId=number))
                _check(len(classes) <= MOST_CLASSES)
                for piece in DateRange(max(first, begin), min(last, end)).in_pieces(PIECE):
                    yield classes, piece

    def _years(self) -> list[tuple[int, date, date]]:
        try:
            years = school_years(self._ask("getSchoolyears"))
        except InvalidValue:
            years = []
        _check(bool(years))
        return sorted(years, key=lambda year: year[1])

    def _class(self, entry: object, days: DateRange) -> list[object]:
        number = entry.get("id") if isinstance(entry, dict) else None
        _check(isinstance(number, int))
        first, last = (int(f"{day:%Y%m%d}") for day in days)
        asked = {"id": number, "type": _CLASS, "startDate": first, "endDate": last}
        return _listed(self._ask("getTimetable", **asked))


def _listed(answer: object) -> list[object]:
    if not isinstance(answer, list):
        raise ServerTrouble(NOT_UNDERSTOOD)
    return answer


def _check(is_understood: bool) -> None:
    if not is_understood:
        raise ServerTrouble(NOT_UNDERSTOOD)
