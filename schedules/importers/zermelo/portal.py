"""Asks a Zermelo portal for its timetable, over its Portal API (v3).

The token is in a header, never in an address: addresses end up in the logs of proxies. What is
asked again is asked later and later. An answer is held against `response.status` as well as the
status of HTTP: the portal gives both.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity import wait_exponential_jitter as later_and_later

from schedules.calendar import DateRange
from schedules.importers.server_address import base
from schedules.importers.server_trouble import ServerTrouble, Trouble
from schedules.importers.zermelo.timetable import FIELDS
from schedules.local_time import start_of_day

PIECE = timedelta(days=7)
"""Asked at once: more does not answer within the portal's own bound of a minute."""
WIDER = 6 * 3600
"""Seconds around a piece: the portal selects by a lesson's start, on clocks of its own."""
ATTEMPTS = 4
TIME = httpx.Timeout(50.0, connect=10.0)
LARGEST_ANSWER = 64 * 1024 * 1024
LONGEST_CODE = 40
_API = "/api/v3"
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

DOWN = Trouble(
    "the Zermelo portal does not answer",
    "nothing: it is asked again, and the last timetable stays in force",
    passes=True,
)
NOT_UNDERSTOOD = Trouble(
    "the answer of the Zermelo portal is not understood",
    "see whether the address is that of the portal, such as https://school.zportal.nl",
    passes=True,
)
NO_RIGHTS = Trouble(
    "the Zermelo token may not read the timetable",
    "give its user the right to read schedules, or link with another user",
    passes=False,
)
WITHDRAWN = Trouble(
    "the Zermelo token is not accepted any more",
    "link again with `lesrust timetable link`",
    passes=False,
)
WRONG_CODE = Trouble(
    "the koppelcode is not accepted",
    "take a new one from the portal, under Koppelingen; a code works once, for some minutes",
    passes=False,
)
NOT_SAFE = Trouble(
    "the address of the Zermelo portal is not one that starts with https://",
    "give it as https://school.zportal.nl",
    passes=False,
)

type Wait = Callable[[RetryCallState], float]


class Portal:
    """One school's portal.

    Args:
        address: such as `https://school.zportal.nl`.
        token: as `link` gave it.
        wait: how long to wait before asking again, in seconds.
    """

    def __init__(self, address: str, token: str, *, wait: Wait | None = None) -> None:
        self._address = _checked(address)
        self._token = token
        self._wait = wait or later_and_later(initial=1, max=20)

    def __repr__(self) -> str:
        return "Portal()"

    def appointments(self, days: DateRange, zone: ZoneInfo) -> Iterator[object]:
        """Give the rows of all appointments that start on some days, and of some around them.

        Raises:
            ServerTrouble: when the portal does not give them, however often it is asked.
        """
        headers = {"Authorization": f"Bearer {self._token}"}
        with httpx.Client(headers=headers, timeout=TIME, trust_env=True) as client:
            for piece in days.in_pieces(PIECE):
                yield from self._piece(client, piece, zone)

    def _piece(self, client: httpx.Client, days: DateRange, zone: ZoneInfo) -> list[object]:
        start = int(start_of_day(days.first, zone).timestamp()) - WIDER
        end = int(start_of_day(days.last + timedelta(days=1), zone).timestamp()) + WIDER
        query = {
            "start": str(start),
            "end": str(end),
            "valid": "true",
            "fields": ",".join(FIELDS),
        }
        again = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception(_passes),
            reraise=True,
        )
        request = client.build_request("GET", f"{self._address}{_API}/appointments", params=query)
        return again(_data, client, request)


def link(address: str, code: str) -> str:
    """Trade a koppelcode for a token.

    Raises:
        ServerTrouble: when the portal does not accept it, or does not answer.
    """
    plain = "".join(code.split())
    if not plain.isalnum() or len(plain) > LONGEST_CODE:
        raise ServerTrouble(WRONG_CODE)
    form = {"grant_type": "authorization_code", "code": plain}
    with httpx.Client(timeout=TIME) as client:
        url = f"{_checked(address)}{_API}/oauth/token"
        answer = _json(client, client.build_request("POST", url, data=form), WRONG_CODE)
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token:
        raise ServerTrouble(NOT_UNDERSTOOD)
    return token


def _data(client: httpx.Client, request: httpx.Request) -> list[object]:
    answer = _json(client, request, WITHDRAWN)
    response = answer.get("response") if isinstance(answer, dict) else None
    if not isinstance(response, dict):
        raise ServerTrouble(NOT_UNDERSTOOD)
    _check(response.get("status"), WITHDRAWN)
    data = response.get("data")
    if not isinstance(data, list):
        raise ServerTrouble(NOT_UNDERSTOOD)
    return data


def _json(client: httpx.Client, request: httpx.Request, denied: Trouble) -> object:
    try:
        answer = client.send(request, stream=True)
        try:
            _check(answer.status_code, denied)
            return json.loads(_content(answer))
        finally:
            answer.close()
    except httpx.HTTPError:
        raise ServerTrouble(DOWN) from None
    except (ValueError, RecursionError):
        raise ServerTrouble(NOT_UNDERSTOOD) from None


def _content(answer: httpx.Response) -> bytes:
    content = bytearray()
    for some in answer.iter_bytes():
        content += some
        if len(content) > LARGEST_ANSWER:
            raise ServerTrouble(NOT_UNDERSTOOD)
    return bytes(content)


def _check(status: object, denied: Trouble) -> None:
    match status:
        case 200:
            return
        case 400 | 401:
            raise ServerTrouble(denied)
        case 403:
            raise ServerTrouble(NO_RIGHTS)
        case int() if status in _PASSING:
            raise ServerTrouble(DOWN)
        case _:
            raise ServerTrouble(NOT_UNDERSTOOD)


def _passes(error: BaseException) -> bool:
    return isinstance(error, ServerTrouble) and error.trouble.passes


def _checked(address: str) -> str:
    safe = base(address)
    if safe is None:
        raise ServerTrouble(NOT_SAFE)
    return safe
