"""Numbers, dates, durations and lists stand as a Dutch or a British reader writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from schedules.language import Language, override, writing

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 9, 1, 7, 5, tzinfo=UTC).timestamp()
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("write", "dutch", "english"),
    [
        (lambda: writing.number(1234567), "1.234.567", "1,234,567"),
        (lambda: writing.number(0.6), "1", "1"),
        (lambda: writing.decimal(1234.56), "1.234,6", "1,234.6"),
        (lambda: writing.interval(70, 1000), "70–1.000", "70–1,000"),
        (lambda: writing.day(MONDAY), "16 november 2026", "16 November 2026"),
        (
            lambda: writing.weekday_and_day(MONDAY),
            "maandag 16 november 2026",
            "Monday 16 November 2026",
        ),
        (lambda: writing.short_day(date(2026, 3, 2)), "2 mrt", "2 Mar"),
        (lambda: writing.numeric_day(date(2026, 9, 1)), "1-9-2026", "2026-09-01"),
        (lambda: writing.short_weekday_and_day(MONDAY), "ma 16 nov", "Mon 16 Nov"),
        (lambda: writing.short_day_and_year(MONDAY), "16 nov 2026", "16 Nov 2026"),
        (lambda: writing.decimal(0.4, 2), "0,40", "0.40"),
        (lambda: " ".join(writing.number_symbols()), ", .", ". ,"),
        (lambda: writing.month(MONDAY), "november 2026", "November 2026"),
        (lambda: writing.week(MONDAY), "16 t/m 20 november 2026", "16 to 20 November 2026"),
        (
            lambda: writing.week(date(2026, 11, 30)),
            "30 november t/m 4 december 2026",
            "30 November to 4 December 2026",
        ),
        (
            lambda: writing.week(date(2025, 12, 29)),
            "29 december 2025 t/m 2 januari 2026",
            "29 December 2025 to 2 January 2026",
        ),
        (
            lambda: writing.week(date(2026, 3, 30)),
            "30 maart t/m 3 april 2026",
            "30 March to 3 April 2026",
        ),
        (lambda: writing.weekday(0), "ma", "Mon"),
        (lambda: writing.numeric_day_and_time(AT, AMSTERDAM), "1-9-2026 09:05", "2026-09-01 09:05"),
        (lambda: writing.clock(AT, AMSTERDAM), "09:05", "09:05"),
        (lambda: writing.duration(1), "1 seconde", "1 second"),
        (lambda: writing.duration(119), "119 seconden", "119 seconds"),
        (lambda: writing.duration(120), "2 minuten", "2 minutes"),
        (lambda: writing.duration(3 * 3600), "3 uur", "3 hours"),
        (lambda: writing.duration(48 * 3600), "2 dagen", "2 days"),
        (lambda: writing.size(1), "0,0 kB", "0.0 kB"),
        (lambda: writing.size(1_500_000), "1,5 MB", "1.5 MB"),
        (lambda: writing.size(5e15), "5.000,0 TB", "5,000.0 TB"),
        (lambda: writing.listing([]), "", ""),
        (lambda: writing.listing(["a"]), "a", "a"),
        (lambda: writing.listing(["a", "b"]), "a en b", "a and b"),
        (lambda: writing.listing(["a", "b", "c"]), "a, b en c", "a, b and c"),
        (lambda: writing.listing(["a", "b", "c"], either=True), "a, b of c", "a, b or c"),
    ],
)
def test_it_is_written_in_the_active_language(
    write: Callable[[], str], dutch: str, english: str
) -> None:
    assert write() == english
    with override(Language.DUTCH):
        assert write() == dutch
