"""Asks a WebUntis server for its timetable by class, never by pupil, with the library `webuntis`.

Its errors hold the request, and with it the password: they end here.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from webuntis import errors
from webuntis.utils.remote import rpc_request

from schedules.server_trouble import ServerTrouble, Trouble
from schedules.webuntis import Answers

logging.getLogger("webuntis").disabled = True  # it would write down what the server answers

PIECE = timedelta(days=28)
"""Asked of a class at once."""
CLASS = 1
"""What WebUntis calls the kind of a timetable: 1 is a class, 5 would be a pupil."""
CLIENT = "Lesrust"
TIME = (10.0, 50.0)
"""Seconds to connect, and between two pieces of an answer."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

DOWN = Trouble(
    "the WebUntis server does not answer",
    "nothing: it is asked again, and the last timetable stays in force",
    passes=True,
)
NOT_UNDERSTOOD = Trouble(
    "the answer of the WebUntis server is not understood",
    "see whether address and school are those of WebUntis, such as https://neilo.webuntis.com",
    passes=True,
)
DENIED = Trouble(
    "WebUntis does not accept the user and the password",
    "see the user of the [[timetable]], and the file of its secret",
    passes=False,
)
NO_RIGHTS = Trouble(
    "WebUntis does not give the timetable to this user, or not of these days",
    "give the user the right to see the timetables of classes",
    passes=False,
)
NOT_SAFE = Trouble(
    "the address of WebUntis is not one that starts with https://",
    "give it as https://neilo.webuntis.com",
    passes=False,
)


class _Bounded(requests.Session):
    """HTTP that does not wait forever, and does not take the session elsewhere."""

    def request(self, *args: Any, **options: Any) -> requests.Response:
        options.update(timeout=TIME, allow_redirects=False)
        return super().request(*args, **options)


class Server:
    """One school's WebUntis.

    Args:
        address: such as `https://neilo.webuntis.com`.
        school: the school's name there.
        user: who asks.
        password: of the user.

    Raises:
        ServerTrouble: when the address is not safe.
    """

    def __init__(self, address: str, school: str, user: str, password: str) -> None:
        parts = urlsplit(address)
        is_loopback = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or is_loopback):
            raise ServerTrouble(NOT_SAFE)
        self._settings: dict[str, Any] = {
            "server": f"{parts.scheme}://{parts.netloc}/WebUntis/jsonrpc.do",
            "school": quote(school),
            "useragent": CLIENT,
        }
        self._user = user
        self._password = password

    def __repr__(self) -> str:
        return "Server()"

    def answers(self, days: tuple[date, date]) -> Answers:
        """Give what the server says of some days, and the lists that it refers to.

        Raises:
            ServerTrouble: when it does not.
        """
        with _troubles(), _Bounded() as http:
            self._settings["_http_session"] = http
            given = self._ask("authenticate", user=self._user, password=self._password)
            self._settings["jsessionid"] = str(given["sessionId"])
            try:
                return self._answers(days)
            finally:
                with suppress(errors.Error, requests.RequestException, ValueError, LookupError):
                    self._ask("logout")
                del self._settings["jsessionid"]

    def _answers(self, days: tuple[date, date]) -> Answers:
        classes = self._ask("getKlassen")
        return Answers(
            periods=[period for each in classes for period in self._periods(each.get("id"), *days)],
            rooms=self._ask("getRooms"),
            classes=classes,
            teachers=self._teachers(),
            grid=self._ask("getTimegridUnits"),
            holidays=self._ask("getHolidays"),
        )

    def _periods(self, number: object, first: date, last: date) -> Iterator[object]:
        while first <= last:
            until = min(first + PIECE - timedelta(days=1), last)
            yield from self._ask(
                "getTimetable",
                id=number,
                type=CLASS,
                startDate=int(f"{first:%Y%m%d}"),
                endDate=int(f"{until:%Y%m%d}"),
            )
            first = until + timedelta(days=1)

    def _teachers(self) -> Any:
        """Ask for the teachers' codes; a user who may not see them gets lessons without."""
        try:
            return self._ask("getTeachers")
        except errors.RemoteError:
            return ()

    def _ask(self, method: str, **parameters: object) -> Any:
        return rpc_request(self._settings, method, parameters)


@contextmanager
def _troubles() -> Iterator[None]:
    """Turn what the library raises into a sentence that holds nothing of the request."""
    try:
        yield
    except errors.BadCredentialsError:
        trouble = DENIED
    except (errors.DateNotAllowed, errors.MethodNotFoundError, errors.NotLoggedInError):
        trouble = NO_RIGHTS
    except (errors.Error, ValueError, LookupError, TypeError, AttributeError):
        trouble = NOT_UNDERSTOOD
    except requests.RequestException:
        trouble = DOWN
    else:
        return
    raise ServerTrouble(trouble) from None
