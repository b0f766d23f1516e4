"""Fetches the timetable of all classes from a WebUntis server. Pupils are never asked for."""

from collections.abc import Iterator
from datetime import date, timedelta

from schedules.calendar import DateRange
from schedules.importers.shared.failure import ServerFailure
from schedules.importers.shared.server import INTERNET, Wait
from schedules.importers.webuntis.account import WebUntisAccount
from schedules.importers.webuntis.failures import (
    DAYS_NOT_SHOWN,
    NOT_SHOWN,
    NOT_UNDERSTOOD,
    ROOMS_NOT_SHOWN,
)
from schedules.importers.webuntis.periods import SchoolYear, WebUntisAnswers, parse_school_years
from schedules.importers.webuntis.session import WebUntisSession, rpc_url
from schedules.outgoing.policy import OutgoingPolicy
from schedules.problem import InvalidValue

PIECE = timedelta(days=28)
"""Requested at once, of one class."""
MAX_ROWS = 500_000
MAX_CLASSES = 1_000
_CLASS = 1
"""The type of element that a class is, in `getTimetable`."""


class WebUntisServer:
    """One school's WebUntis.

    Args:
        address: such as `https://school.webuntis.com`.
        account: who asks.
        policy: where the server may be.
        wait: how long to wait before another attempt, in seconds.

    Raises:
        ServerFailure: when the password is not safe at that address.
    """

    def __init__(
        self,
        address: str,
        account: WebUntisAccount,
        *,
        policy: OutgoingPolicy = INTERNET,
        wait: Wait | None = None,
    ) -> None:
        self._url = rpc_url(address, account.school)
        self._account = account
        self._policy = policy
        self._wait = wait

    def __repr__(self) -> str:
        return "WebUntisServer()"

    def fetch_answers(self, days: DateRange) -> WebUntisAnswers:
        """Fetch what the server answers about all classes on some days.

        Where the user may not see so far ahead, the answers cover fewer days, and say so. Without
        the right to some classes, to teachers or to the time grid, they do without those.

        Raises:
            ServerFailure: when the server does not give them, also after several attempts.
        """
        session = WebUntisSession(self._url, self._account, policy=self._policy, wait=self._wait)
        with session:
            return _TimetableQuery(session, days).fetch()


class _TimetableQuery:
    """Asks for the classes of each school year, and for each class a piece of days at a time."""

    def __init__(self, session: WebUntisSession, days: DateRange) -> None:
        self._call = session.call
        self._days = days
        self._not_shown: set[int] = set()

    def fetch(self) -> WebUntisAnswers:
        classes: list[object] = []
        rows: list[object] = []
        last = self._days.last
        for classes_of_year, piece in self._pieces():
            try:
                rows += self._fetch_piece(classes_of_year, piece)
            except ServerFailure as failure:
                if failure.cause is not DAYS_NOT_SHOWN or piece.first == self._days.first:
                    raise
                last = piece.first - timedelta(days=1)
                break
            classes += classes_of_year
            _require(len(rows) <= MAX_ROWS)
        rooms = self._fetch_list("getRooms")
        if rooms is None:
            raise ServerFailure(ROOMS_NOT_SHOWN)
        return WebUntisAnswers(
            rows=rows,
            classes=classes,
            rooms=rooms,
            teachers=self._fetch_list("getTeachers"),
            grid=self._fetch_list("getTimegridUnits"),
            days=DateRange(self._days.first, last),
            classes_not_shown=len(self._not_shown),
        )

    def _fetch_list(self, method: str) -> object:
        """Return a list; None without the right to it."""
        try:
            return self._call(method)
        except ServerFailure as failure:
            if failure.cause in NOT_SHOWN:
                return None
            raise

    def _fetch_piece(self, classes: list[object], days: DateRange) -> list[object]:
        """Return the rows of all classes whose timetable is shown.

        Raises:
            ServerFailure: when none is.
        """
        rows: list[object] = []
        denied: ServerFailure | None = None
        shown = 0
        for school_class in classes:
            number = _class_number(school_class)
            if number in self._not_shown:
                continue
            try:
                rows += self._fetch_rows(number, days)
                shown += 1
            except ServerFailure as failure:
                if failure.cause not in NOT_SHOWN:
                    raise
                self._not_shown.add(number)
                denied = failure
        if denied and not shown:
            raise denied
        return rows

    def _pieces(self) -> Iterator[tuple[list[object], DateRange]]:
        """Iterate over pieces of the days with the classes that there are, the first days first."""
        for year in self._school_years():
            first = max(self._days.first, year.days.first)
            last = min(self._days.last, year.days.last)
            if first <= last:
                classes = _as_list(self._call("getKlassen", schoolyearId=year.number))
                _require(len(classes) <= MAX_CLASSES)
                for piece in DateRange(first, last).in_pieces(PIECE):
                    yield classes, piece

    def _school_years(self) -> list[SchoolYear]:
        try:
            years = parse_school_years(self._call("getSchoolyears"))
        except InvalidValue:
            years = []
        _require(bool(years))
        return sorted(years, key=lambda year: year.days.first)

    def _fetch_rows(self, number: int, days: DateRange) -> list[object]:
        return _as_list(
            self._call(
                "getTimetable",
                id=number,
                type=_CLASS,
                startDate=_day_number(days.first),
                endDate=_day_number(days.last),
            )
        )


def _class_number(entry: object) -> int:
    number = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(number, int):
        raise ServerFailure(NOT_UNDERSTOOD)
    return number


def _day_number(day: date) -> int:
    return int(f"{day:%Y%m%d}")


def _as_list(answer: object) -> list[object]:
    if not isinstance(answer, list):
        raise ServerFailure(NOT_UNDERSTOOD)
    return answer


def _require(is_understood: bool) -> None:
    if not is_understood:
        raise ServerFailure(NOT_UNDERSTOOD)
