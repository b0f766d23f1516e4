"""Parses the values of WebUntis's answers: numbers, names, days and times."""

from collections.abc import Mapping
from datetime import date, time

from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.language import gettext
from schedules.local_time import FIRST_YEAR, LAST_YEAR
from schedules.problem import InvalidValue

MIDNIGHT = 2400
_MAX_NUMBER = 2**63


def parse_number(entry: object) -> int | None:
    """Return the number that identifies an entry; None when it has none."""
    number = entry.get("id") if isinstance(entry, Mapping) else None
    return number if type(number) is int and 0 <= number < _MAX_NUMBER else None


def parse_name(value: object) -> str:
    """Return a name; empty when it is none that can be kept."""
    plain = value.strip() if isinstance(value, str) else ""
    return plain if plain.isprintable() and len(plain) <= MAX_VALUE_LENGTH else ""


def parse_day(value: object) -> date:
    """Parse `20261019`.

    Raises:
        InvalidValue: when it is no day of the calendar.
    """
    allowed = gettext(
        "a day such as 20261019, from {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR
    )
    if type(value) is not int or not FIRST_YEAR <= value // 10_000 <= LAST_YEAR:
        raise InvalidValue(gettext("no day as date"), allowed)
    try:
        return date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        raise InvalidValue(gettext("no day as date"), allowed) from None


def parse_time(row: Mapping[object, object], key: str) -> time:
    """Parse `830`, which is 08:30; `5` is 00:05.

    Raises:
        InvalidValue: when it is no time of the day.
    """
    value = row.get(key)
    allowed = gettext("a time such as 830")
    if type(value) is not int or not 0 <= value < MIDNIGHT:
        raise InvalidValue(gettext("no time as {key}", key=key), allowed)
    try:
        return time(*divmod(value, 100))
    except ValueError:
        raise InvalidValue(gettext("no time as {key}", key=key), allowed) from None
