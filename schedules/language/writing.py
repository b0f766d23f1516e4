"""Numbers, dates, durations and lists as the active language writes them.

Babel knows how. It takes a while to import, so a command imports this where it needs it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from babel.units import format_unit

from schedules.language.active import Language, active
from schedules.language.messages import gettext

THOUSAND = 1000
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
_UNITS = (
    (120.0, 1.0, "duration-second"),
    (120 * MINUTE, MINUTE, "duration-minute"),
    (48 * HOUR, HOUR, "duration-hour"),
)
"""Up to which length a duration is written in a unit, and how long that is; then in days."""
_NUMERIC = {Language.DUTCH: "d-M-y", Language.ENGLISH: "y-MM-dd"}


@cache
def _of(language: Language) -> Locale:
    return Locale("en", "GB") if language is Language.ENGLISH else Locale(language)


def locale() -> Locale:
    """Give Babel's name of the active language; English is British."""
    return _of(active())


def number(value: float) -> str:
    """Write a number without decimals: `1.234`."""
    return format_decimal(round(value), locale=locale())


def decimal(value: float, places: int = 1) -> str:
    """Write a number with its decimals, as many as are asked for: `1,5`."""
    return format_decimal(value, f"#,##0.{'0' * places}", locale=locale())


def number_symbols() -> tuple[str, str]:
    """Return what stands before decimals, and between thousands."""
    return get_decimal_symbol(locale()), get_group_symbol(locale())


def interval(low: float, high: float) -> str:
    """Write an interval of two numbers: `70–100`."""
    return f"{number(low)}\N{EN DASH}{number(high)}"


def day(value: date) -> str:
    """Write a day: `23 november 2026`."""
    return format_date(value, "d MMMM y", locale=locale())


def weekday_and_day(value: date) -> str:
    """Write a day with its weekday: `maandag 23 november 2026`."""
    return format_date(value, "EEEE d MMMM y", locale=locale())


def short_day(value: date) -> str:
    """Write a day where there is little room: `23 nov`."""
    return format_date(value, "d MMM", locale=locale())


def short_weekday_and_day(value: date) -> str:
    """Write a day with its weekday where there is little room: `vr 27 nov`."""
    return format_date(value, "EEE d MMM", locale=locale())


def short_day_and_year(value: date) -> str:
    """Write a day of any year where there is little room: `27 nov 2026`."""
    return format_date(value, "d MMM y", locale=locale())


def numeric_day(value: date) -> str:
    """Write a day in numbers: `1-9-2026`, which can be typed again."""
    return format_date(value, _NUMERIC[active()], locale=locale())


def month(value: date) -> str:
    """Write the month of a day: `november 2026`."""
    return format_date(value, "MMMM y", locale=locale())


def days(first: date, last: date) -> str:
    """Write a span of days, and no month or year twice: `16 t/m 20 november 2026`."""
    if first.year != last.year:
        pattern = "d MMMM y"
    elif first.month != last.month:
        pattern = "d MMMM"
    else:
        pattern = "d"
    begin = format_date(first, pattern, locale=locale())
    return gettext("{first} to {last}", first=begin, last=day(last))


def week(monday: date) -> str:
    """Write a week by its school days: `16 t/m 20 november 2026`."""
    return days(monday, monday + timedelta(days=4))


def weekday(number: int) -> str:
    """Write a day of the week where there is little room: `ma`, `Mon`.

    Args:
        number: 0 is Monday.
    """
    return str(locale().days["format"]["abbreviated"][number])


def numeric_day_and_time(timestamp: float, zone: ZoneInfo) -> str:
    """Write a date and a time: `1-9-2026 09:00`, which can be typed again.

    Args:
        timestamp: in seconds since 1970-01-01 UTC.
        zone: the school's.
    """
    at = datetime.fromtimestamp(timestamp, zone)
    return format_datetime(at, f"{_NUMERIC[active()]} HH:mm", tzinfo=zone, locale=locale())


def clock(timestamp: float, zone: ZoneInfo) -> str:
    """Write the time that the clocks of a zone show: `09:00`."""
    at = datetime.fromtimestamp(timestamp, zone)
    return format_time(at, "HH:mm", tzinfo=zone, locale=locale())


def duration(seconds: float) -> str:
    """Write how long something is, in one unit: `12 minuten`."""
    for longest, unit, name in _UNITS:
        if seconds < longest:
            return format_unit(round(seconds / unit), name, locale=locale())
    return format_unit(round(seconds / DAY), "duration-day", locale=locale())


def size(count: float) -> str:
    """Write a number of bytes: `1,5 MB`."""
    unit = "kB"
    count /= THOUSAND
    for larger in ("MB", "GB", "TB"):
        if count < THOUSAND:
            break
        count, unit = count / THOUSAND, larger
    return f"{decimal(count)} {unit}"


def listing(names: Sequence[str], *, either: bool = False) -> str:
    """Write names in a sentence: `a, b en c`, or `a, b of c`."""
    return format_list(list(names), style="or" if either else "standard", locale=locale())
