"""Fetches the timetable from a Zermelo portal, over its Portal API (v3).

The token is in a header, never in an address: addresses end up in the logs of proxies. The status
within an answer is checked as well as the status of HTTP, because the portal gives both.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.shared.failure import FailureCause, ServerFailure
from schedules.importers.shared.server import (
    INTERNET,
    FailureCauses,
    JsonClient,
    Wait,
    base_url,
    retrying,
)
from schedules.importers.zermelo.appointments import FIELDS
from schedules.language import gettext_lazy as _
from schedules.local_time import start_of_day
from schedules.outgoing.policy import OutgoingPolicy

PIECE = timedelta(days=7)
"""Requested at once: more does not answer within the portal's own limit of a minute."""
MARGIN = 6 * 3600
"""Seconds around a piece: the portal selects by a lesson's start, on clocks of its own."""
MAX_ANSWER_SIZE = 64 * 1024 * 1024
MAX_CODE_LENGTH = 40
_API = "/api/v3"

DOWN = FailureCause(
    _("the Zermelo portal does not answer"),
    _("nothing: it is asked again, and the last timetable stays in force"),
    is_temporary=True,
)
NOT_UNDERSTOOD = FailureCause(
    _("the answer of the Zermelo portal is not understood"),
    _("see whether the address is that of the portal, such as https://school.zportal.nl"),
    is_temporary=True,
)
NO_RIGHTS = FailureCause(
    _("the Zermelo token may not read the timetable"),
    _("give its user the right to read schedules, or link with another user"),
    is_temporary=False,
)
NOT_REACHED = FailureCause(
    DOWN.description,
    _("see whether this machine reaches the portal, and link again"),
    is_temporary=True,
)
WITHDRAWN = FailureCause(
    _("the Zermelo token is not accepted any more"),
    _("link again with `lesrust timetable link`"),
    is_temporary=False,
)
WRONG_CODE = FailureCause(
    _("the koppelcode is not accepted"),
    _("take a new one from the portal, under Koppelingen; a code works once, for some minutes"),
    is_temporary=False,
)
UNSAFE_ADDRESS = FailureCause(
    _("the address of the Zermelo portal is not one that starts with https://"),
    _("give it as https://school.zportal.nl"),
    is_temporary=False,
)
CAUSES = FailureCauses(
    down=DOWN,
    not_understood=NOT_UNDERSTOOD,
    unsafe_address=UNSAFE_ADDRESS,
    by_status={400: WITHDRAWN, 401: WITHDRAWN, 403: NO_RIGHTS},
)
_LINKING = replace(
    CAUSES, down=NOT_REACHED, by_status={400: WRONG_CODE, 401: WRONG_CODE, 403: NO_RIGHTS}
)


class ZermeloPortal:
    """One school's portal.

    Args:
        address: such as `https://school.zportal.nl`.
        token: as `request_token` returned it.
        policy: where the portal may be.
        wait: how long to wait before another attempt, in seconds.

    Raises:
        ServerFailure: when the token is not safe at that address.
    """

    def __init__(
        self,
        address: str,
        token: str,
        *,
        policy: OutgoingPolicy = INTERNET,
        wait: Wait | None = None,
    ) -> None:
        self._policy = policy
        self._url = f"{base_url(address, CAUSES)}{_API}/appointments"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._retrying = retrying(wait)

    def __repr__(self) -> str:
        return "ZermeloPortal()"

    def fetch_appointments(self, days: DateRange, zone: ZoneInfo) -> Iterator[object]:
        """Fetch the rows of all appointments that start on some days, and of some around them.

        Raises:
            ServerFailure: when the portal does not give them, also after several attempts.
        """
        client = JsonClient(
            CAUSES, max_answer_size=MAX_ANSWER_SIZE, policy=self._policy, headers=self._headers
        )
        with client:
            for piece in days.in_pieces(PIECE):
                yield from self._retrying(_fetch_rows, client, self._url, _query(piece, zone))


def request_token(address: str, code: str, policy: OutgoingPolicy = INTERNET) -> str:
    """Trade a koppelcode for a token.

    Raises:
        ServerFailure: when the portal does not accept it, or does not answer.
    """
    plain = "".join(code.split())
    if not plain.isalnum() or len(plain) > MAX_CODE_LENGTH:
        raise ServerFailure(WRONG_CODE)
    url = f"{base_url(address, _LINKING)}{_API}/oauth/token"
    form = {"grant_type": "authorization_code", "code": plain}
    with JsonClient(_LINKING, max_answer_size=MAX_ANSWER_SIZE, policy=policy) as client:
        answer = client.request("POST", url, data=form)
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token:
        raise ServerFailure(NOT_UNDERSTOOD)
    return token


def _query(days: DateRange, zone: ZoneInfo) -> dict[str, str]:
    start = int(start_of_day(days.first, zone).timestamp()) - MARGIN
    end = int(start_of_day(days.last + timedelta(days=1), zone).timestamp()) + MARGIN
    return {"start": str(start), "end": str(end), "valid": "true", "fields": ",".join(FIELDS)}


def _fetch_rows(client: JsonClient, url: str, query: dict[str, str]) -> list[object]:
    answer = client.request("GET", url, params=query)
    response = answer.get("response") if isinstance(answer, dict) else None
    if not isinstance(response, dict):
        raise ServerFailure(NOT_UNDERSTOOD)
    CAUSES.check_status(response.get("status"))
    rows = response.get("data")
    if not isinstance(rows, list):
        raise ServerFailure(NOT_UNDERSTOOD)
    return rows
